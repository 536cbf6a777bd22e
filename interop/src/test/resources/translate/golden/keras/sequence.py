# sequence(schedules=[linear(initial=0.05, end=0.5, over=100%) per iteration, 0.5, exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration], boundaries=[50it, 100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 0.5 + (0.05 - 0.5) * (1 - ops.minimum(t, 50) / 50)


def exponential_decay(t):
    return 0.5 * 0.9 ** t


def sequence(t):
    value = exponential_decay(t - 100)
    value = ops.where(t < 100, 0.5, value)
    value = ops.where(t < 50, linear(t), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return sequence(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
