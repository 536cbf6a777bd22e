# plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.5, patience=2, delta=1e-4, delta_is=value, cooldown=3, floor=0.1, dialect=keras, least_change=0)
# in a run of 40 epochs of 10 iterations
import torch


def plateau(t):
    return 0.5

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, plateau)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
