# sequence(schedules=[warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration, repeat(schedule=scale(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, factor=0.5), every=25it, times=0)], boundaries=[100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def cosine(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(t, 80) / 80))


def warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return cosine(t - 20)


def cosine_2(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(t, 25) / 25))


def scale(t):
    return 0.5 * cosine_2(t)


def repeat(t):
    return scale(t % 25)


def sequence(t):
    if t < 100:
        return warmup(t)
    return repeat(t - 100)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, sequence)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
