# min(schedules=[linear(initial=0, end=1, over=100%) per iteration, inverse-sqrt(initial=0.5, timescale=20it) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 1.0 + (0.0 - 1.0) * (1 - ops.minimum(t, 200) / 200)


def inverse_sqrt(t):
    return 0.5 * ops.sqrt(20 / ops.maximum(t, 20))


def min_of(t):
    return ops.minimum(linear(t), inverse_sqrt(t))

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return min_of(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
