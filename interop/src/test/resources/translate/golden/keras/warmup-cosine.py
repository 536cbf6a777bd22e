# warmup(schedule=cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0.05, from_is=value, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import keras

learning_rate = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.05, warmup_target=0.5, warmup_steps=20, decay_steps=180, alpha=0.02)
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
