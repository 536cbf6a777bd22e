# multiplicative(initial=0.5, factor=linear(initial=0.95, end=1, over=100%) per iteration) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def linear(t):
    return 1.0 + (0.95 - 1.0) * (1 - min(t, 200) / 200)


def multiplicative(t):
    return 0.5 * math.prod(linear(k) for k in range(1, t + 1))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, multiplicative)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
