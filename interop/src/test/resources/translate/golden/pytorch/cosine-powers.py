# cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=2, k_decay=1.5, after=hold) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def cosine(t):
    return 0.01 + (0.5 - 0.01) * (0.5 * (1 + math.cos(math.pi * (min(t, 200) / 200) ** 1.5))) ** 2

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, cosine)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
