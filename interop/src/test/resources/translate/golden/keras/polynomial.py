# polynomial(initial=0.5, end=0.01, power=2, over=150it, cycle=false, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.PolynomialDecay(initial_learning_rate=0.5, decay_steps=150, end_learning_rate=0.01, power=2.0)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
