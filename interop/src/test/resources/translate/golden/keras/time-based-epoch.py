# time-based(initial=0.1, decay=0.01, form=closed) per epoch
# in a run of 200 epochs of 10 iterations
import keras


def time_based(t):
    return 0.1 / (1 + 0.01 * t)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(time_based(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
