# piecewise-linear(values=[0.1, 1, 0.01], boundaries=[50it, 150it], curve=cosine) per iteration
# in a run of 20 epochs of 10 iterations
import math

import keras
from keras import ops


def piecewise_linear(t):
    value = 0.01
    value = ops.where(t < 150, 0.01 + (1.0 - 0.01) * 0.5 * (1 + ops.cos(math.pi * (t - 50) / 100)), value)
    value = ops.where(t < 50, 1.0 + (0.1 - 1.0) * 0.5 * (1 + ops.cos(math.pi * t / 50)), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return piecewise_linear(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
