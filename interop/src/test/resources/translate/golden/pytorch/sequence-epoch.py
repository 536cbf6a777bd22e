# sequence(schedules=[step(initial=0.5, factor=0.5, every=10ep, offset=0) per epoch, cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch], boundaries=[50%])
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
    torch.optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5),
    torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100, eta_min=0.0),
], milestones=[100])
# Call scheduler.step() after every epoch.

# Where it is not exact:
# - CosineAnnealingLR rises again after step 100; here the end holds.
