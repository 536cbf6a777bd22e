# wsd(peak=0.5, warmup=10ep, cooldown=20%, floor=0, floor_is=fraction, warmup_curve=linear, cooldown_curve=one_minus_sqrt, over=100%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import torch


def wsd(t):
    if t < 10:
        return 0.5 * t / 10
    if t < 160:
        return 0.5
    if t < 200:
        return 0.5 + (0.0 - 0.5) * math.sqrt((t - 160) / 40)
    return 0.0

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, wsd)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
