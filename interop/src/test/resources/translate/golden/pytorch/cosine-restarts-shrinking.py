# cosine-restarts(initial=0.5, floor=0, floor_is=value, period=64it, period_multiplier=0.5, height_multiplier=0.5, multiplies=peak, cycles=5, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def cosine_restarts(t):
    if t < 64:
        return 0.5 * 0.5 * (1 + math.cos(math.pi * t / 64))
    if t < 96:
        return 0.25 * 0.5 * (1 + math.cos(math.pi * (t - 64) / 32))
    if t < 112:
        return 0.125 * 0.5 * (1 + math.cos(math.pi * (t - 96) / 16))
    if t < 120:
        return 0.0625 * 0.5 * (1 + math.cos(math.pi * (t - 112) / 8))
    if t < 124:
        return 0.03125 * 0.5 * (1 + math.cos(math.pi * (t - 120) / 4))
    return 0.0

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine_restarts)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
