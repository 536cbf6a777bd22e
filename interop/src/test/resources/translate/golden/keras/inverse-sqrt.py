# inverse-sqrt(initial=0.5, timescale=20it) per iteration
# in a run of 20 epochs of 10 iterations
import keras
from keras import ops


def inverse_sqrt(t):
    return 0.5 * ops.sqrt(20 / ops.maximum(t, 20))

class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return inverse_sqrt(ops.cast(step, "float32"))

    def get_config(self):
        return {}


learning_rate = Schedule()
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
