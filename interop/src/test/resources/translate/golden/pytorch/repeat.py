# repeat(schedule=exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration, every=30it, times=0)
# in a run of 20 epochs of 10 iterations
import torch


def exponential_decay(t):
    return 0.5 * 0.9 ** t


def repeat(t):
    return exponential_decay(t % 30)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, repeat)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
