# polynomial(initial=0.5, end=0.01, power=2, over=100%, cycle=false, k_decay=0.7) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras
from keras import ops


def polynomial(t):
    return 0.01 + (0.5 - 0.01) * (1 - (ops.minimum(t, 200) / 200) ** 0.7) ** 2

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return polynomial(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
