# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=25it, from=0.1, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def cosine(t):
    epoch = t // 10
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(epoch, 17.5) / 17.5))


def warmup(t):
    if t < 25:
        return 0.05 + (0.5 - 0.05) * t / 25
    return cosine(t - 25)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
