# linear(initial=0, end=0.5, over=150it) per iteration
# in a run of 200 epochs of 1 iterations
import torch


def linear(t):
    return 0.5 + (0.0 - 0.5) * (1 - min(t, 150) / 150)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, linear)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
