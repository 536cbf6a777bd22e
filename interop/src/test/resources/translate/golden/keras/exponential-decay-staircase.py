# exponential-decay(initial=0.5, rate=0.96, over=20it, staircase=true) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.ExponentialDecay(initial_learning_rate=0.5, decay_steps=20, decay_rate=0.96, staircase=True)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
