# triangular(base=0.95, peak=0.85, up=30it, down=0it) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.95)
scheduler = torch.optim.lr_scheduler.CyclicLR(optimizer, base_lr=0.95, max_lr=0.85, step_size_up=30, step_size_down=30, mode="triangular", cycle_momentum=False)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - CyclicLR would drive the momentum too; here that is a schedule of its own.
