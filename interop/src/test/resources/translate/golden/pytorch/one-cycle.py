# one-cycle(peak=0.5, pct_start=0.3, div=25, final_div=10000, phases=2, pct_final=0.85, curve=cosine, dialect=torch, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.5, total_steps=200, pct_start=0.3, anneal_strategy="cos", div_factor=25.0, final_div_factor=10000.0, three_phase=False, cycle_momentum=False)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - OneCycleLR goes one step beyond its end and then raises an error; here the end holds.
# - OneCycleLR would drive the momentum too; here that is one-cycle-momentum.
