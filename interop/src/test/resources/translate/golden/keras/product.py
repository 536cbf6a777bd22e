# product(schedules=[step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, cosine(initial=1, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def cosine(t):
    return 1.0 * 0.5 * (1 + ops.cos(math.pi * ops.minimum(t, 200) / 200))


def product(t):
    return step(t) * cosine(t)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return product(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
