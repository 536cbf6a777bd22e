# polynomial-with-warmup(initial=0.5, warmup=20it, end=1e-7, power=2, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def polynomial_with_warmup(t):
    value = 1e-7 + (0.5 - 1e-7) * (ops.maximum(200 - t, 0) / 180) ** 2
    value = ops.where(t < 20, 0.5 * t / 20, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return polynomial_with_warmup(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
