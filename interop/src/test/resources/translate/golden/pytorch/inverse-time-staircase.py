# inverse-time(initial=0.5, rate=0.5, over=20it, staircase=true) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def inverse_time(t):
    return 0.5 / (1 + 0.5 * (t // 20))

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, inverse_time)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
