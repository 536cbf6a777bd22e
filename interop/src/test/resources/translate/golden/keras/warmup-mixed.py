# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=25it, from=0.1, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def cosine(t):
    epoch = t // 10
    return 0.5 * 0.5 * (1 + ops.cos(math.pi * ops.minimum(epoch, 17.5) / 17.5))


def warmup(t):
    value = cosine(t - 25)
    value = ops.where(t < 25, 0.05 + (0.5 - 0.05) * t / 25, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return warmup(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
