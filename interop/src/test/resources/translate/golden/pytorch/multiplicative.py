# multiplicative(initial=0.5, factor=piecewise-constant(values=[0.99, 0.95], boundaries=[100ep], side=right) per epoch) per epoch
# in a run of 200 epochs of 10 iterations
import math

import torch


def piecewise_constant(t):
    if t < 100:
        return 0.99
    return 0.95


def multiplicative(t):
    return 0.5 * math.prod(piecewise_constant(k) for k in range(1, t + 1))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, multiplicative)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
