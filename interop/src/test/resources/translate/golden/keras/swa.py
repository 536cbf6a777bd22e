# swa(schedule=step(initial=0.5, factor=0.5, every=40ep, offset=0) per epoch, swa_rate=0.05, at=75%, over=20ep, curve=cosine) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import keras


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def swa(t):
    if t < 150:
        return step(t)
    if t < 170:
        return 0.05 + (0.0625 - 0.05) * 0.5 * (1 + math.cos(math.pi * (t - 150) / 20))
    return 0.05

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(swa(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
