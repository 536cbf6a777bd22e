# triangular(base=0.1, peak=0.5, up=30it, down=20it) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def triangular(t):
    into = t % 50
    return 0.1 + (0.5 - 0.1) * ops.minimum(into / 30, (50 - into) / 20)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return triangular(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
