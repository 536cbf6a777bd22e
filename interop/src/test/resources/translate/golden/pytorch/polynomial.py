# polynomial(initial=0.5, end=0.01, power=2, over=150it, cycle=false, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def polynomial(t):
    return 0.01 + (0.5 - 0.01) * (1 - min(t, 150) / 150) ** 2

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, polynomial)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
