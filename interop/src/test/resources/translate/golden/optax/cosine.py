# cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import optax

learning_rate = optax.cosine_decay_schedule(init_value=0.5, decay_steps=200, alpha=0.02)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
