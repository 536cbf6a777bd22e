# cosine-with-warmup(initial=0.5, warmup=20it, floor=0, floor_is=value, cycles=1.5, after=rise, offset=1, over=150it) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def cosine_with_warmup(t):
    if t < 19:
        return 0.5 * (t + 1) / 20
    return 0.5 * 0.5 * (1 + math.cos(math.pi * 3 * ((t + 1) - 20) / 130))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine_with_warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
