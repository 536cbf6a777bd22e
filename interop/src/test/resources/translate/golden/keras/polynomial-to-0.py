# polynomial(initial=0.5, end=0, power=0.9, over=100%, cycle=false, k_decay=1) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import keras


def polynomial(t):
    return 0.5 * (1 - min(t, 200) / 200) ** 0.9

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(polynomial(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
