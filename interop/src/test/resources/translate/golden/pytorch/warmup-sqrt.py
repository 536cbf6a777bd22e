# warmup(schedule=0.5, over=20it, from=0.1, from_is=fraction, curve=one_minus_sqrt, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def warmup(t):
    if t < 20:
        return 0.05 + (0.5 - 0.05) * (1 - math.sqrt(1 - t / 20))
    return 0.5

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
