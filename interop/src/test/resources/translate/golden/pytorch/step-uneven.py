# step(initial=0.5, factor=0.8, every=0.75ep, offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def step(t):
    return 0.5 * 0.8 ** math.floor(t / 7.5)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, step)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
