# cosine-restarts(initial=0.5, floor=0.1, floor_is=fraction, period=30it, period_multiplier=1.5, height_multiplier=0.8, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def cosine_restarts(t):
    if t < 30:
        return 0.05 + (0.5 - 0.05) * 0.5 * (1 + math.cos(math.pi * t / 30))
    if t < 75:
        return 0.05 + (0.41000000000000003 - 0.05) * 0.5 * (1 + math.cos(math.pi * (t - 30) / 45))
    if t < 142.5:
        return 0.05 + (0.3380000000000001 - 0.05) * 0.5 * (1 + math.cos(math.pi * (t - 75) / 67.5))
    if t < 243.75:
        return 0.05 + (0.28040000000000004 - 0.05) * 0.5 * (1 + math.cos(math.pi * (t - 142.5) / 101.25))
    return 0.05

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine_restarts)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - Restarts after this run are not written; beyond the last one the floor holds.
