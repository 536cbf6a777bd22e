# triangular2(base=0.1, peak=0.5, up=20it, down=0it) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def triangular2(t):
    into = t % 40
    return 0.1 + (0.5 - 0.1) * ops.minimum(into / 20, (40 - into) / 20) * 0.5 ** (t // 40)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return triangular2(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
