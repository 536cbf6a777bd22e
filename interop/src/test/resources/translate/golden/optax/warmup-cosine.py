# warmup(schedule=cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0.05, from_is=value, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import optax

learning_rate = optax.warmup_cosine_decay_schedule(init_value=0.05, peak_value=0.5, warmup_steps=20, decay_steps=200, end_value=0.01)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
