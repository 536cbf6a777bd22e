# exponential(initial=0.5, rate=0.1) per epoch
# in a run of 200 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9048374180359595)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
