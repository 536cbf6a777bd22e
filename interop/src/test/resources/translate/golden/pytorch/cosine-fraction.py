# cosine(initial=0.5, floor=0.1, floor_is=fraction, over=150it, exponent=1, k_decay=1, after=hold) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def cosine(t):
    return 0.05 + (0.5 - 0.05) * 0.5 * (1 + math.cos(math.pi * min(t, 150) / 150))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
