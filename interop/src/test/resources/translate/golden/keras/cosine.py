# cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras

learning_rate = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.5, decay_steps=200, alpha=0.02)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
