# warmup(schedule=0.5, over=20it, from=0.1, from_is=fraction, curve=one_minus_sqrt, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def warmup(t):
    value = 0.5
    value = ops.where(t < 20, 0.05 + (0.5 - 0.05) * (1 - ops.sqrt(1 - t / 20)), value)
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
