# flat-cosine(initial=0.5, flat=75%, end=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def flat_cosine(t):
    value = 0.0
    value = ops.where(t < 200, 0.5 * 0.5 * (1 + ops.cos(math.pi * (t - 150) / 50)), value)
    value = ops.where(t < 150, 0.5, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return flat_cosine(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
