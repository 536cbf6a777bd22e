# warmup(schedule=step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return step(t - 20)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
