# plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.5, patience=2, delta=1e-4, delta_is=value, cooldown=3, floor=0.1, dialect=torch, least_change=0)
# in a run of 40 epochs of 10 iterations
import keras
from keras import ops


def plateau(t):
    return 0.5

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return plateau(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
