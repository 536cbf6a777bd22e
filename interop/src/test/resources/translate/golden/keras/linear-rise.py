# linear(initial=0.01, end=0.5, over=150it) per iteration
# in a run of 200 epochs of 1 iterations
import keras

learning_rate = keras.optimizers.schedules.PolynomialDecay(initial_learning_rate=0.01, decay_steps=150, end_learning_rate=0.5, power=1.0)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
