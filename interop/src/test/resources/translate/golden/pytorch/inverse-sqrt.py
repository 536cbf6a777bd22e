# inverse-sqrt(initial=0.5, timescale=20it) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def inverse_sqrt(t):
    return 0.5 * math.sqrt(20 / max(t, 20))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, inverse_sqrt)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
