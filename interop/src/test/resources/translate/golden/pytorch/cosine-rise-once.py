# cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=rise) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=200, eta_min=0.0)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
