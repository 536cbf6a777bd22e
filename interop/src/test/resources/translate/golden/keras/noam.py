# noam(model_size=512, warmup=40it, factor=1) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def noam(t):
    return 1.0 * 512.0 ** -0.5 * ops.minimum((t + 1) ** -0.5, (t + 1) * 40.0 ** -1.5)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return noam(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
