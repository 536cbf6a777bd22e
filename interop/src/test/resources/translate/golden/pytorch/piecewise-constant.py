# piecewise-constant(values=[0.5, 0.1, 0.02], boundaries=[50it, 12ep], side=right) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def piecewise_constant(t):
    if t < 50:
        return 0.5
    if t < 120:
        return 0.1
    return 0.02

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, piecewise_constant)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
