# greedy(schedule=0.5, monitor=loss, mode=min, factor=0.95, patience=10, delta=1e-6, delta_is=value, cooldown=0, warmup=0, floor=0.001, ceiling=1, least_change=1e-8, window=1, reset=500)
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def greedy(t):
    return 0.5

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return greedy(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - What loss does to it is not translated: this is the schedule while nothing moves it.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
