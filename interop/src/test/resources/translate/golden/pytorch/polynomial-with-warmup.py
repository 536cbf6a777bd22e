# polynomial-with-warmup(initial=0.5, warmup=20it, end=1e-7, power=2, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def polynomial_with_warmup(t):
    if t < 20:
        return 0.5 * t / 20
    return 1e-7 + (0.5 - 1e-7) * (max(200 - t, 0) / 180) ** 2

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, polynomial_with_warmup)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
