# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=5ep, from=0.2, from_is=fraction, curve=linear, offset=0, clock=after) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import keras


def cosine(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(t, 195) / 195))


def warmup(t):
    if t < 5:
        return 0.1 + (0.5 - 0.1) * t / 5
    return cosine(t - 5)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(warmup(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
