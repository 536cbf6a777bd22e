# cosine-restarts(initial=0.5, floor=0.01, floor_is=value, period=40it, period_multiplier=1, height_multiplier=1, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.CosineDecayRestarts(initial_learning_rate=0.5, first_decay_steps=40, t_mul=1.0, m_mul=1.0, alpha=0.02)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
