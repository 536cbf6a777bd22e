# cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=rise) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import optax

per_epoch = optax.cosine_decay_schedule(init_value=0.5, decay_steps=200, alpha=0.0)
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - cosine_decay_schedule holds its end after count 200; here it rises again.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
