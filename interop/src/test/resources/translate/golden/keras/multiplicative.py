# multiplicative(initial=0.5, factor=piecewise-constant(values=[0.99, 0.95], boundaries=[100ep], side=right) per epoch) per epoch
# in a run of 200 epochs of 10 iterations
import math

import keras


def piecewise_constant(t):
    if t < 100:
        return 0.99
    return 0.95


def multiplicative(t):
    return 0.5 * math.prod(piecewise_constant(k) for k in range(1, t + 1))

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(multiplicative(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
