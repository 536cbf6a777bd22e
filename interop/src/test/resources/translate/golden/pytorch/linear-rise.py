# linear(initial=0.01, end=0.5, over=150it) per iteration
# in a run of 200 epochs of 1 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.02, end_factor=1.0, total_iters=150)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
