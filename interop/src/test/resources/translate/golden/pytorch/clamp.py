# clamp(schedule=exponential(initial=0.5, rate=0.05) per iteration, low=0.01, high=0.3)
# in a run of 20 epochs of 10 iterations
import math

import torch


def exponential(t):
    return 0.5 * math.exp(-0.05 * t)


def clamp(t):
    return min(max(exponential(t), 0.01), 0.3)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, clamp)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
