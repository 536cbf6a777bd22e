# one-cycle-momentum(high=0.95, low=0.85, pct_start=0.3, phases=2, pct_final=0.85, curve=cosine, dialect=torch, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def one_cycle_momentum(t):
    if t < 59:
        return 0.85 + (0.95 - 0.85) * 0.5 * (1 + math.cos(math.pi * t / 59))
    if t < 199:
        return 0.95 + (0.85 - 0.95) * 0.5 * (1 + math.cos(math.pi * (t - 59) / 140))
    return 0.95

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, one_cycle_momentum)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
