# cosine-restarts(initial=0.5, floor=0, floor_is=value, period=64it, period_multiplier=0.5, height_multiplier=0.5, multiplies=peak, cycles=5, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import keras
from keras import ops


def cosine_restarts(t):
    value = 0.0
    value = ops.where(t < 124, 0.03125 * 0.5 * (1 + ops.cos(math.pi * (t - 120) / 4)), value)
    value = ops.where(t < 120, 0.0625 * 0.5 * (1 + ops.cos(math.pi * (t - 112) / 8)), value)
    value = ops.where(t < 112, 0.125 * 0.5 * (1 + ops.cos(math.pi * (t - 96) / 16)), value)
    value = ops.where(t < 96, 0.25 * 0.5 * (1 + ops.cos(math.pi * (t - 64) / 32)), value)
    value = ops.where(t < 64, 0.5 * 0.5 * (1 + ops.cos(math.pi * t / 64)), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return cosine_restarts(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
