# exponential-decay(initial=0.5, rate=0.96, over=20it, staircase=true) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=20, gamma=0.96)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
