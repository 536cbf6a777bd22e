# step(initial=0.5, factor=0.8, every=10ep, offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import torch


def step(t):
    return 0.5 * 0.8 ** ((t + 1) // 10)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, step)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
