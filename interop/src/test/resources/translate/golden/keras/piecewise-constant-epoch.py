# piecewise-constant(values=[0.5, 0.1, 0.02], boundaries=[50ep, 120ep], side=right) per epoch
# in a run of 200 epochs of 10 iterations
import keras


def piecewise_constant(t):
    if t < 50:
        return 0.5
    if t < 120:
        return 0.1
    return 0.02

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(piecewise_constant(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
