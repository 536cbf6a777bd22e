# cosine-with-warmup(initial=0.5, warmup=20it, floor=0.01, floor_is=value, cycles=0.5, after=hold, offset=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def cosine_with_warmup(t):
    value = 0.01 + (0.5 - 0.01) * 0.5 * (1 + ops.cos(math.pi * (ops.minimum(t, 200) - 20) / 180))
    value = ops.where(t < 20, 0.5 * t / 20, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return cosine_with_warmup(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
