# step(initial=0.5, factor=0.8, every=10ep, offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import keras


def step(t):
    return 0.5 * 0.8 ** ((t + 1) // 10)

optimizer = keras.optimizers.SGD()
callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: float(step(epoch)))
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
