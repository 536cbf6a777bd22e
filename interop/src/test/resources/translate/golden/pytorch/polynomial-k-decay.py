# polynomial(initial=0.5, end=0.01, power=2, over=100%, cycle=false, k_decay=0.7) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def polynomial(t):
    return 0.01 + (0.5 - 0.01) * (1 - (min(t, 200) / 200) ** 0.7) ** 2

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, polynomial)
# Call scheduler.step() after every batch, right after optimizer.step().

# Exact, but for rounding.
