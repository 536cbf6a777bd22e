# sequence(schedules=[linear(initial=0.05, end=0.5, over=100%) per iteration, 0.5, exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration], boundaries=[50it, 100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
    torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=50),
    torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0, total_iters=0),
    torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9),
], milestones=[50, 100])
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
