# flat-cosine(initial=0.5, flat=75%, end=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def flat_cosine(t):
    if t < 150:
        return 0.5
    if t < 200:
        return 0.5 * 0.5 * (1 + math.cos(math.pi * (t - 150) / 50))
    return 0.0

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, flat_cosine)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
