# warmup(schedule=step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, over=20it, from=0.1, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
    torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=20),
    torch.optim.lr_scheduler.StepLR(optimizer, step_size=40, gamma=0.5),
], milestones=[20])
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
