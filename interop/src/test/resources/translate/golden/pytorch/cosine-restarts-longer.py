# cosine-restarts(initial=0.5, floor=0.01, floor_is=value, period=10it, period_multiplier=2, height_multiplier=1, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 31 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2, eta_min=0.01)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
