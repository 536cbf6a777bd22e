# multi-step(initial=0.5, factor=0.1, at=[30ep, 60ep], offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import keras


def multi_step(t):
    if t < 29:
        return 0.5
    if t < 59:
        return 0.5 * 0.1 ** 1
    return 0.5 * 0.1 ** 2

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(multi_step(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
