# sequence(schedules=[warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration, repeat(schedule=scale(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, factor=0.5), every=25it, times=0)], boundaries=[100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def cosine(t):
    return 0.5 * 0.5 * (1 + ops.cos(math.pi * ops.minimum(t, 80) / 80))


def warmup(t):
    value = cosine(t - 20)
    value = ops.where(t < 20, 0.5 * t / 20, value)
    return value


def cosine_2(t):
    return 0.5 * 0.5 * (1 + ops.cos(math.pi * ops.minimum(t, 25) / 25))


def scale(t):
    return 0.5 * cosine_2(t)


def repeat(t):
    return scale(t % 25)


def sequence(t):
    value = repeat(t - 100)
    value = ops.where(t < 100, warmup(t), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return sequence(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
