# rex(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def rex(t):
    part = min(t, 200) / 200
    return 0.01 + (0.5 - 0.01) * (1 - part) / (1 - part / 2)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rex)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
