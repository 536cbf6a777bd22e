# repeat(schedule=exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration, every=30it, times=0)
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def exponential_decay(t):
    return 0.5 * 0.9 ** t


def repeat(t):
    return exponential_decay(t % 30)

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return repeat(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
