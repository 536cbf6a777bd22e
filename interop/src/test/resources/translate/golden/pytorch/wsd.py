# wsd(peak=0.5, warmup=20it, cooldown=50it, floor=0.01, floor_is=fraction, warmup_curve=linear, cooldown_curve=cosine, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def wsd(t):
    if t < 20:
        return 0.005 + (0.5 - 0.005) * t / 20
    if t < 150:
        return 0.5
    if t < 200:
        return 0.005 + (0.5 - 0.005) * 0.5 * (1 + math.cos(math.pi * (t - 150) / 50))
    return 0.005

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, wsd)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
