# cosine(initial=0.5, floor=0.1, floor_is=fraction, over=150it, exponent=1, k_decay=1, after=hold) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.5, decay_steps=150, alpha=0.1)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
