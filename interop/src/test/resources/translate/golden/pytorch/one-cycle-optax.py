# one-cycle(peak=0.5, pct_start=0.3, div=25, final_div=10000, phases=2, pct_final=0.85, curve=cosine, dialect=optax, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import torch


def one_cycle(t):
    if t < 60:
        return 0.5 + (0.02 - 0.5) * 0.5 * (1 + math.cos(math.pi * t / 60))
    if t < 200:
        return 2e-6 + (0.5 - 2e-6) * 0.5 * (1 + math.cos(math.pi * (t - 60) / 140))
    return 2e-6

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, one_cycle)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
