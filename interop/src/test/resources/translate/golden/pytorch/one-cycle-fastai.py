# one-cycle(peak=0.5, pct_start=0.25, div=25, final_div=100000, phases=2, pct_final=0.85, curve=cosine, dialect=fastai, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def one_cycle(t):
    if t < 50:
        return 0.5 + (0.02 - 0.5) * 0.5 * (1 + math.cos(math.pi * t / 50))
    if t < 200:
        return 5e-6 + (0.5 - 5e-6) * 0.5 * (1 + math.cos(math.pi * (t - 50) / 150))
    return 5e-6

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, one_cycle)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
