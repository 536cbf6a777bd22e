# warmup(schedule=step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, over=20it, from=0.1, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.join_schedules([
    optax.linear_schedule(init_value=0.05, end_value=0.5, transition_steps=20),
    optax.exponential_decay(init_value=0.5, transition_steps=40, decay_rate=0.5, staircase=True),
], boundaries=[20])
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
