# warmup(schedule=step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def warmup(t):
    value = step(t - 20)
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
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
