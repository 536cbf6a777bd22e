# linear(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor=0.02, total_iters=200)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
