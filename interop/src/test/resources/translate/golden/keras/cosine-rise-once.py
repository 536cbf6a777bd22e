# cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=rise) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import keras


def cosine(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * t / 200))

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(cosine(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
