# spike-guard(schedule=linear(initial=0.5, end=0, over=100%) per iteration, monitor=loss, threshold=2, factor=0.5, over=3ep)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def linear(t):
    return 0.5 * (1 - ops.minimum(t, 200) / 200)


def spike_guard(t):
    return linear(t)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return spike_guard(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - What loss does to it is not translated: this is the schedule while nothing moves it.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
