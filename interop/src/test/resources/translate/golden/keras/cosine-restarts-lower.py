# cosine-restarts(initial=0.5, floor=0.1, floor_is=fraction, period=30it, period_multiplier=1.5, height_multiplier=0.8, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.CosineDecayRestarts(initial_learning_rate=0.5, first_decay_steps=30, t_mul=1.5, m_mul=0.8, alpha=0.1)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras finds the restart by a logarithm, which may miss the very step of a restart.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
