# wsd(peak=0.5, warmup=10ep, cooldown=20%, floor=0, floor_is=fraction, warmup_curve=linear, cooldown_curve=one_minus_sqrt, over=100%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import keras


def wsd(t):
    if t < 10:
        return 0.5 * t / 10
    if t < 160:
        return 0.5
    if t < 200:
        return 0.5 + (0.0 - 0.5) * math.sqrt((t - 160) / 40)
    return 0.0

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(wsd(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
