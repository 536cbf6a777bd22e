# scale(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, factor=0.1)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def cosine(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(t, 200) / 200))


def scale(t):
    return 0.1 * cosine(t)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
