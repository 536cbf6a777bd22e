# shift(schedule=linear(initial=0.5, end=0.1, over=100%) per iteration, by=30it)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 0.1 + (0.5 - 0.1) * (1 - ops.minimum(t, 170) / 170)


def shift(t):
    value = linear(t - 30)
    value = ops.where(t < 30, 0.5, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return shift(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
