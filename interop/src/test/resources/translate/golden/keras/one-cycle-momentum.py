# one-cycle-momentum(high=0.95, low=0.85, pct_start=0.3, phases=2, pct_final=0.85, curve=cosine, dialect=torch, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import keras
from keras import ops


def one_cycle_momentum(t):
    value = 0.95
    value = ops.where(t < 199, 0.95 + (0.85 - 0.95) * 0.5 * (1 + ops.cos(math.pi * (t - 59) / 140)), value)
    value = ops.where(t < 59, 0.85 + (0.95 - 0.85) * 0.5 * (1 + ops.cos(math.pi * t / 59)), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return one_cycle_momentum(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
