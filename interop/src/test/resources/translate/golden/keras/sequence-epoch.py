# sequence(schedules=[step(initial=0.5, factor=0.5, every=10ep, offset=0) per epoch, cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch], boundaries=[50%])
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import keras


def step(t):
    return 0.5 * 0.5 ** (t // 10)


def cosine(t):
    return 0.5 * 0.5 * (1 + math.cos(math.pi * min(t, 100) / 100))


def sequence(t):
    if t < 100:
        return step(t)
    return cosine(t - 100)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(sequence(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
