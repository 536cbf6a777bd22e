# noam(model_size=512, warmup=40it, factor=1) per iteration
# in a run of 20 epochs of 10 iterations
import torch


def noam(t):
    return 1.0 * 512.0 ** -0.5 * min((t + 1) ** -0.5, (t + 1) * 40.0 ** -1.5)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, noam)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
