# step(initial=0.5, factor=0.8, every=30it, offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=30, gamma=0.8)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
