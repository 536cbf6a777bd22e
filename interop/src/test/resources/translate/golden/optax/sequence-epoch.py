# sequence(schedules=[step(initial=0.5, factor=0.5, every=10ep, offset=0) per epoch, cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch], boundaries=[50%])
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import optax

per_epoch = optax.join_schedules([
    optax.exponential_decay(init_value=0.5, transition_steps=10, decay_rate=0.5, staircase=True),
    optax.cosine_decay_schedule(init_value=0.5, decay_steps=100, alpha=0.0),
], boundaries=[100])
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
