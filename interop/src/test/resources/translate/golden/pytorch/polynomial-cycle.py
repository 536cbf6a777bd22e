# polynomial(initial=0.5, end=0.01, power=0.5, over=60it, cycle=true, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import torch


def polynomial(t):
    length = 60 * max(math.ceil(t / 60), 1)
    return 0.01 + (0.5 - 0.01) * (1 - t / length) ** 0.5

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, polynomial)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
