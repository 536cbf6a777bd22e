# sum(schedules=[triangular(base=0.1, peak=0.5, up=20it, down=0it) per iteration, linear(initial=0.1, end=0, over=100%) per iteration, 0.01])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def triangular(t):
    into = t % 40
    return 0.1 + (0.5 - 0.1) * min(into / 20, (40 - into) / 20)


def linear(t):
    return 0.1 * (1 - min(t, 200) / 200)


def sum_of(t):
    return triangular(t) + linear(t) + 0.01

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, sum_of)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
