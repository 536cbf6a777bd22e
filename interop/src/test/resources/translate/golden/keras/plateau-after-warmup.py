# warmup(schedule=plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.1, patience=10, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=keras, least_change=0), over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def plateau(t):
    return 0.5


def warmup(t):
    value = plateau(t - 20)
    value = ops.where(t < 20, 0.5 * t / 20, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return warmup(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
