# min(schedules=[linear(initial=0, end=1, over=100%) per iteration, inverse-sqrt(initial=0.5, timescale=20it) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def linear(t):
    return 1.0 + (0.0 - 1.0) * (1 - min(t, 200) / 200)


def inverse_sqrt(t):
    return 0.5 * math.sqrt(20 / max(t, 20))


def min_of(t):
    return min(linear(t), inverse_sqrt(t))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, min_of)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
