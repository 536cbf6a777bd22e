"""The functions of Optax that make schedules, written down from their documentation, in doubles."""

import numpy as np


def sgd(learning_rate):
    return None


def constant_schedule(value):
    return lambda count: value


def polynomial_schedule(init_value, end_value, power, transition_steps, transition_begin=0):
    if transition_steps <= 0:
        return constant_schedule(init_value)

    def schedule(count):
        done = np.clip(count - transition_begin, 0, transition_steps)
        return (init_value - end_value) * (1 - done / transition_steps) ** power + end_value

    return schedule


def linear_schedule(init_value, end_value, transition_steps, transition_begin=0):
    return polynomial_schedule(init_value, end_value, 1, transition_steps, transition_begin)


def exponential_decay(init_value, transition_steps, decay_rate, staircase=False):
    if transition_steps <= 0 or decay_rate == 0:
        return constant_schedule(init_value)

    def schedule(count):
        p = count / transition_steps
        return init_value * decay_rate ** (np.floor(p) if staircase else p)

    return schedule


def cosine_decay_schedule(init_value, decay_steps, alpha=0.0, exponent=1.0):
    def schedule(count):
        cosine = 0.5 * (1 + np.cos(np.pi * min(count, decay_steps) / decay_steps))
        return init_value * ((1 - alpha) * cosine**exponent + alpha)

    return schedule


def piecewise_constant_schedule(init_value, boundaries_and_scales=None):
    def schedule(count):
        value = init_value
        for boundary, scale in (boundaries_and_scales or {}).items():
            if count >= boundary:
                value = value * scale
        return value

    return schedule


def join_schedules(schedules, boundaries):
    def schedule(count):
        value = schedules[0](count)
        for boundary, following in zip(boundaries, schedules[1:]):
            if count >= boundary:
                value = following(count - boundary)
        return value

    return schedule


def warmup_cosine_decay_schedule(
    init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0
):
    alpha = 0.0 if peak_value == 0 else end_value / peak_value
    return join_schedules(
        [
            linear_schedule(init_value, peak_value, warmup_steps),
            cosine_decay_schedule(peak_value, decay_steps - warmup_steps, alpha, exponent),
        ],
        [warmup_steps],
    )


def _interpolated(times, values, shape):
    def schedule(count):
        for i in range(len(times) - 1):
            if count < times[i + 1]:
                p = (count - times[i]) / (times[i + 1] - times[i])
                return values[i] + (values[i + 1] - values[i]) * shape(p)
        return values[-1]

    return schedule


def cosine_onecycle_schedule(
    transition_steps, peak_value, pct_start=0.3, div_factor=25.0, final_div_factor=1e4
):
    first = peak_value / div_factor
    return _interpolated(
        [0, int(pct_start * transition_steps), int(transition_steps)],
        [first, peak_value, first / final_div_factor],
        lambda p: (1 - np.cos(np.pi * p)) / 2,
    )


def linear_onecycle_schedule(
    transition_steps,
    peak_value,
    pct_start=0.3,
    pct_final=0.85,
    div_factor=25.0,
    final_div_factor=1e4,
):
    first = peak_value / div_factor
    return _interpolated(
        [0, int(pct_start * transition_steps), int(pct_final * transition_steps), transition_steps],
        [first, peak_value, first, first / final_div_factor],
        lambda p: p,
    )
