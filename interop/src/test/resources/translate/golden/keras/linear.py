# linear(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras

learning_rate = keras.optimizers.schedules.PolynomialDecay(initial_learning_rate=0.5, decay_steps=200, end_learning_rate=0.01, power=1.0)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
