# repeat(schedule=linear(initial=0.5, end=0.1, over=100%) per epoch, every=30ep, times=3)
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import keras


def linear(t):
    return 0.1 + (0.5 - 0.1) * (1 - min(t, 30) / 30)


def repeat(t):
    if t < 90:
        return linear(t % 30)
    return 0.1

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(repeat(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
