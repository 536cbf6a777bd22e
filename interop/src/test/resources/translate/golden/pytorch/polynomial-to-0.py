# polynomial(initial=0.5, end=0, power=0.9, over=100%, cycle=false, k_decay=1) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scheduler = torch.optim.lr_scheduler.PolynomialLR(optimizer, total_iters=200, power=0.9)
# Call scheduler.step() after every epoch.

# Exact, but for rounding.
