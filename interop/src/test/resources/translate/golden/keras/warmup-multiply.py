# warmup(schedule=linear(initial=0.5, end=0, over=100%) per iteration, over=20it, from=0.1, from_is=fraction, curve=exponential, offset=0, clock=multiply) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 0.5 * (1 - ops.minimum(t, 200) / 200)


def warmup(t):
    value = linear(t)
    value = ops.where(t < 20, linear(t) * (0.1 * 10.0 ** (t / 20)), value)
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
