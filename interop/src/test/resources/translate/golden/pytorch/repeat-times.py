# repeat(schedule=linear(initial=0.5, end=0.1, over=100%) per epoch, every=30ep, times=3)
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch


def linear(t):
    return 0.1 + (0.5 - 0.1) * (1 - min(t, 30) / 30)


def repeat(t):
    if t < 90:
        return linear(t % 30)
    return 0.1

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, repeat)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
