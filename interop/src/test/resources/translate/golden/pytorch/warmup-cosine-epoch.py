# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=5ep, from=0.2, from_is=fraction, curve=linear, offset=0, clock=after) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
    torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.2, end_factor=1.0, total_iters=5),
    torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=195, eta_min=0.0),
], milestones=[5])
# Call scheduler.step() after every epoch.

# Where it is not exact:
# - CosineAnnealingLR rises again after step 195; here the end holds.
