# linear(initial=0.5, end=0, over=80%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=160)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
