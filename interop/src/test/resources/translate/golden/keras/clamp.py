# clamp(schedule=exponential(initial=0.5, rate=0.05) per iteration, low=0.01, high=0.3)
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def exponential(t):
    return 0.5 * ops.exp(-0.05 * t)


def clamp(t):
    return ops.minimum(ops.maximum(exponential(t), 0.01), 0.3)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return clamp(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
