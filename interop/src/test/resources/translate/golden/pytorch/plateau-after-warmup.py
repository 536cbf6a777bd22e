# warmup(schedule=plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.1, patience=10, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=keras, least_change=0), over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def plateau(t):
    return 0.5


def warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return plateau(t - 20)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
