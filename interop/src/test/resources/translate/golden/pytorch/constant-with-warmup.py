# constant-with-warmup(initial=0.5, warmup=20it) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def constant_with_warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return 0.5

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, constant_with_warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
