# sequence(schedules=[inverse-sqrt(initial=0.5, timescale=20it) per iteration, exponential(initial=0.1, rate=0.1) per epoch], boundaries=[105it])
# in a run of 20 epochs of 10 iterations
import math

import torch


def inverse_sqrt(t):
    return 0.5 * math.sqrt(20 / max(t, 20))


def exponential(t):
    epoch = t // 10
    return 0.1 * math.exp(-0.1 * epoch)


def sequence(t):
    if t < 105:
        return inverse_sqrt(t)
    return exponential(t - 105)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, sequence)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
