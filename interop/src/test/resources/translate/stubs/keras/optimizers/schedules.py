"""The schedule objects of Keras."""

import math


class LearningRateSchedule:
    pass


class _Made(LearningRateSchedule):
    def __init__(self, function):
        self.function = function

    def __call__(self, step):
        return self.function(step)


def ExponentialDecay(initial_learning_rate, decay_steps, decay_rate, staircase=False):
    def at(step):
        p = step / decay_steps
        return initial_learning_rate * decay_rate ** (math.floor(p) if staircase else p)

    return _Made(at)


def InverseTimeDecay(initial_learning_rate, decay_steps, decay_rate, staircase=False):
    def at(step):
        p = step / decay_steps
        return initial_learning_rate / (1 + decay_rate * (math.floor(p) if staircase else p))

    return _Made(at)


def PiecewiseConstantDecay(boundaries, values):
    return _Made(lambda step: values[sum(step > boundary for boundary in boundaries)])


def PolynomialDecay(
    initial_learning_rate, decay_steps, end_learning_rate=1e-4, power=1.0, cycle=False
):
    def at(step):
        length = decay_steps
        if cycle:
            length = decay_steps * (1 if step == 0 else math.ceil(step / decay_steps))
        p = min(step, length) / length
        return (initial_learning_rate - end_learning_rate) * (1 - p) ** power + end_learning_rate

    return _Made(at)


def CosineDecay(
    initial_learning_rate, decay_steps, alpha=0.0, warmup_target=None, warmup_steps=0
):
    def at(step):
        peak = initial_learning_rate
        if warmup_target is not None:
            if step < warmup_steps:
                return peak + (warmup_target - peak) * step / warmup_steps
            peak, step = warmup_target, step - warmup_steps
        cosine = 0.5 * (1 + math.cos(math.pi * min(step, decay_steps) / decay_steps))
        return peak * ((1 - alpha) * cosine + alpha)

    return _Made(at)


def CosineDecayRestarts(initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0):
    def at(step):
        begin, length, height = 0, first_decay_steps, 1.0
        while step >= begin + length:
            begin, length, height = begin + length, length * t_mul, height * m_mul
        cosine = 0.5 * height * (1 + math.cos(math.pi * (step - begin) / length))
        return initial_learning_rate * ((1 - alpha) * cosine + alpha)

    return _Made(at)
