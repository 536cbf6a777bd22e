"""Makes PyTorch's schedulers, and prints what they save after 7 steps and their values, as JSON."""

import json

import torch
from torch.optim import lr_scheduler as s


def pairs(make):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.5)
    scheduler = make(optimizer)
    values, state = [], None
    for step in range(100):
        if step == 7:
            state = dict(scheduler.state_dict())
            if "_schedulers" in state:
                state["_schedulers"] = [dict(part) for part in state["_schedulers"]]
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return {"state": state, "values": values}


MADE = {
    "StepLR": lambda o: s.StepLR(o, step_size=30, gamma=0.3),
    "MultiStepLR": lambda o: s.MultiStepLR(o, milestones=[80, 20, 50, 50], gamma=0.3),
    "ConstantLR": lambda o: s.ConstantLR(o, factor=0.25, total_iters=10),
    "LinearLR": lambda o: s.LinearLR(o, start_factor=0.1, end_factor=0.9, total_iters=50),
    "ExponentialLR": lambda o: s.ExponentialLR(o, gamma=0.97),
    "PolynomialLR": lambda o: s.PolynomialLR(o, total_iters=80, power=2.0),
    "CosineAnnealingLR": lambda o: s.CosineAnnealingLR(o, T_max=60, eta_min=0.01),
    "CosineAnnealingWarmRestarts": lambda o: s.CosineAnnealingWarmRestarts(
        o, T_0=10, T_mult=2, eta_min=0.01
    ),
    "CyclicLR": lambda o: s.CyclicLR(o, 0.1, 0.5, step_size_up=7, cycle_momentum=False),
    "CyclicLR triangular2": lambda o: s.CyclicLR(
        o, 0.1, 0.5, step_size_up=7, step_size_down=5, mode="triangular2", cycle_momentum=False
    ),
    "CyclicLR exp_range": lambda o: s.CyclicLR(
        o, 0.1, 0.5, step_size_up=7, mode="exp_range", gamma=0.99, cycle_momentum=False
    ),
    "SequentialLR": lambda o: s.SequentialLR(
        o,
        [s.LinearLR(o, start_factor=0.1, total_iters=20), s.ExponentialLR(o, gamma=0.95)],
        milestones=[20],
    ),
}

print(json.dumps({name: pairs(make) for name, make in MADE.items()}, default=repr))
