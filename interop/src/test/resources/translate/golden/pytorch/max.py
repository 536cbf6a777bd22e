# max(schedules=[exponential(initial=0.5, rate=0.05) per iteration, 0.01])
# in a run of 20 epochs of 10 iterations
import math

import torch


def exponential(t):
    return 0.5 * math.exp(-0.05 * t)


def max_of(t):
    return max(exponential(t), 0.01)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, max_of)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
