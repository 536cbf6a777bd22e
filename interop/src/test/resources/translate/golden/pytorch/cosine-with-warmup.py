# cosine-with-warmup(initial=0.5, warmup=20it, floor=0.01, floor_is=value, cycles=0.5, after=hold, offset=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def cosine_with_warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return 0.01 + (0.5 - 0.01) * 0.5 * (1 + math.cos(math.pi * (min(t, 200) - 20) / 180))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine_with_warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
