# wsd(peak=0.5, warmup=20it, cooldown=50it, floor=0.01, floor_is=fraction, warmup_curve=linear, cooldown_curve=cosine, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def wsd(t):
    value = 0.005
    value = ops.where(t < 200, 0.005 + (0.5 - 0.005) * 0.5 * (1 + ops.cos(math.pi * (t - 150) / 50)), value)
    value = ops.where(t < 150, 0.5, value)
    value = ops.where(t < 20, 0.005 + (0.5 - 0.005) * t / 20, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return wsd(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
