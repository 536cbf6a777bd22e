# cosine(initial=0.5, floor=0.01, floor_is=value, over=60it, exponent=1, k_decay=1, after=rise) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=60, eta_min=0.01)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
