# time-based(initial=0.1, decay=0.01, form=closed) per iteration
# in a run of 2 epochs of 250 iterations
import torch


def time_based(t):
    return 0.1 / (1 + 0.01 * t)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, time_based)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
