# spike-guard(schedule=linear(initial=0.5, end=0, over=100%) per iteration, monitor=loss, threshold=2, factor=0.5, over=3ep)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import torch


def linear(t):
    return 0.5 * (1 - min(t, 200) / 200)


def spike_guard(t):
    return linear(t)

model = torch.nn.Linear(1, 1)  # put yours here
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, spike_guard)
# Call scheduler.step() after every batch, right after optimizer.step().

# Where it is not exact:
# - What loss does to it is not translated: this is the schedule while nothing moves it.
