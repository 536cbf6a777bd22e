# 0.1
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = 0.1
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
