# cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=2, k_decay=1.5, after=hold) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def cosine(t):
    return 0.01 + (0.5 - 0.01) * (0.5 * (1 + ops.cos(math.pi * (ops.minimum(t, 200) / 200) ** 1.5))) ** 2

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return cosine(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
