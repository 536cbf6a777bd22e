# exp-range(base=0.1, peak=0.5, up=20it, down=0it, gamma=0.99) per iteration
# in a run of 20 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.CyclicLR(optimizer, base_lr=0.1, max_lr=0.5, step_size_up=20, step_size_down=20, mode="exp_range", gamma=0.99, cycle_momentum=False)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - CyclicLR would drive the momentum too; here that is a schedule of its own.
