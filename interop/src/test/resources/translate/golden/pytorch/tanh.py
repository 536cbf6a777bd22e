# tanh(initial=0.5, end=0.01, over=150it, lower=-7, upper=3) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def tanh(t):
    if t < 1:
        return 0.5
    if t < 150:
        return 0.01 + (0.5 - 0.01) * 0.5 * (1 - math.tanh(-7.0 + (3.0 - -7.0) * t / 150))
    return 0.01

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, tanh)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
