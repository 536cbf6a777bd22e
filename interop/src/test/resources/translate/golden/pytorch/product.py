# product(schedules=[step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, cosine(initial=1, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def cosine(t):
    return 1.0 * 0.5 * (1 + math.cos(math.pi * min(t, 200) / 200))


def product(t):
    return step(t) * cosine(t)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, product)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
