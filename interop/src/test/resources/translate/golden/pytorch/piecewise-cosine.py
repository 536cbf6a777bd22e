# piecewise-linear(values=[0.1, 1, 0.01], boundaries=[50it, 150it], curve=cosine) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def piecewise_linear(t):
    if t < 50:
        return 1.0 + (0.1 - 1.0) * 0.5 * (1 + math.cos(math.pi * t / 50))
    if t < 150:
        return 0.01 + (1.0 - 0.01) * 0.5 * (1 + math.cos(math.pi * (t - 50) / 100))
    return 0.01

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, piecewise_linear)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
