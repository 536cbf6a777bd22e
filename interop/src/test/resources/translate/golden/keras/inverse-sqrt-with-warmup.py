# inverse-sqrt-with-warmup(initial=0.5, warmup=20it, timescale=0it) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def inverse_sqrt_with_warmup(t):
    value = 0.5 * ops.sqrt(20 / ops.maximum(t, 20))
    value = ops.where(t < 20, 0.5 * t / 20, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return inverse_sqrt_with_warmup(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
