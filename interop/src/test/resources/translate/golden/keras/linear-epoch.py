# linear(initial=0.5, end=0, over=80%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import keras


def linear(t):
    return 0.5 * (1 - min(t, 160) / 160)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(linear(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
