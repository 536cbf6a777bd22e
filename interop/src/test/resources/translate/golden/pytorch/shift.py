# shift(schedule=linear(initial=0.5, end=0.1, over=100%) per iteration, by=30it)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def linear(t):
    return 0.1 + (0.5 - 0.1) * (1 - min(t, 170) / 170)


def shift(t):
    if t < 30:
        return 0.5
    return linear(t - 30)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, shift)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
