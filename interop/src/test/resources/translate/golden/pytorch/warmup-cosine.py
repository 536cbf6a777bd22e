# warmup(schedule=cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0.05, from_is=value, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
    torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=20),
    torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=180, eta_min=0.01),
], milestones=[20])
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - CosineAnnealingLR rises again after step 180; here the end holds.
