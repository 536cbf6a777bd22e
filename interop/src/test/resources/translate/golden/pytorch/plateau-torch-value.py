# plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.5, patience=0, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=torch, least_change=0)
# in a run of 40 epochs of 10 iterations
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode="min", factor=0.5, patience=0, threshold=1e-4, threshold_mode="abs", cooldown=0, min_lr=0.0, eps=0.0)
# Call scheduler.step(val_loss) after every epoch.

# Exact, but for rounding.
