# multi-step(initial=0.5, factor=0.1, at=[30ep, 60ep], offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[29, 59], gamma=0.1)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
