# one-cycle(peak=0.5, pct_start=0.3, div=25, final_div=10000, phases=3, pct_final=0.85, curve=linear, dialect=optax, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def one_cycle(t):
    value = 2e-6
    value = ops.where(t < 200, 0.02 + (2e-6 - 0.02) * (t - 170) / 30, value)
    value = ops.where(t < 170, 0.5 + (0.02 - 0.5) * (t - 60) / 110, value)
    value = ops.where(t < 60, 0.02 + (0.5 - 0.02) * t / 60, value)
    return value

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return one_cycle(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
