# time-based(initial=0.1, decay=0.001, form=recursive) per epoch
# in a run of 200 epochs of 10 iterations
import math

import torch


def time_based(t):
    return 0.1 / math.prod((1 + 0.001 * k) for k in range(1, t + 1))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, time_based)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
