# multiplicative(initial=0.5, factor=linear(initial=0.95, end=1, over=100%) per iteration) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 1.0 + (0.95 - 1.0) * (1 - ops.minimum(t, 200) / 200)


def multiplicative(t):
    k = ops.arange(1, 201)
    return 0.5 * ops.prod(ops.where(k <= t, linear(k), 1.0))

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return multiplicative(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - A product is written for the steps of this run; beyond it, its last value holds.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
