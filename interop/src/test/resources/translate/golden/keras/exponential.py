# exponential(initial=0.5, rate=0.1) per epoch
# in a run of 200 epochs of 10 iterations
import math

import keras


def exponential(t):
    return 0.5 * math.exp(-0.1 * t)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(exponential(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
