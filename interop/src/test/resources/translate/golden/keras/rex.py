# rex(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def rex(t):
    part = ops.minimum(t, 200) / 200
    return 0.01 + (0.5 - 0.01) * (1 - part) / (1 - part / 2)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return rex(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
