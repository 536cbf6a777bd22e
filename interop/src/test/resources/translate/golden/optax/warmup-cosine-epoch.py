# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=5ep, from=0.2, from_is=fraction, curve=linear, offset=0, clock=after) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import optax

per_epoch = optax.warmup_cosine_decay_schedule(init_value=0.1, peak_value=0.5, warmup_steps=5, decay_steps=200, end_value=0.0)
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
