# time-based(initial=0.1, decay=0.01, form=closed) per iteration
# in a run of 2 epochs of 250 iterations
import keras

learning_rate = keras.optimizers.schedules.InverseTimeDecay(initial_learning_rate=0.1, decay_steps=1, decay_rate=0.01)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
