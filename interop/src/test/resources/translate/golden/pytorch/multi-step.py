# multi-step(initial=0.5, factor=0.1, at=[100it, 50it, 150it, 150it], offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[50, 100, 150, 150], gamma=0.1)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
