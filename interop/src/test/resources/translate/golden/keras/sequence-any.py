# sequence(schedules=[inverse-sqrt(initial=0.5, timescale=20it) per iteration, exponential(initial=0.1, rate=0.1) per epoch], boundaries=[105it])
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def inverse_sqrt(t):
    return 0.5 * ops.sqrt(20 / ops.maximum(t, 20))


def exponential(t):
    epoch = t // 10
    return 0.1 * ops.exp(-0.1 * epoch)


def sequence(t):
    value = exponential(t - 105)
    value = ops.where(t < 105, inverse_sqrt(t), value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return sequence(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
