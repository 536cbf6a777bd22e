# warmup(schedule=linear(initial=0.5, end=0, over=100%) per iteration, over=20it, from=0.1, from_is=fraction, curve=exponential, offset=0, clock=multiply) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def linear(t):
    return 0.5 * (1 - min(t, 200) / 200)


def warmup(t):
    if t < 20:
        return linear(t) * (0.1 * 10.0 ** (t / 20))
    return linear(t)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
