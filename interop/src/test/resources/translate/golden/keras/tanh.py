# tanh(initial=0.5, end=0.01, over=150it, lower=-7, upper=3) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def tanh(t):
    value = 0.01
    value = ops.where(t < 150, 0.01 + (0.5 - 0.01) * 0.5 * (1 - ops.tanh(-7.0 + (3.0 - -7.0) * t / 150)), value)
    value = ops.where(t < 1, 0.5, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return tanh(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
