# sequence(schedules=[linear(initial=0.05, end=0.5, over=100%) per iteration, 0.5, exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration], boundaries=[50it, 100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import optax

learning_rate = optax.join_schedules([
    optax.linear_schedule(init_value=0.05, end_value=0.5, transition_steps=50),
    optax.constant_schedule(value=0.5),
    optax.exponential_decay(init_value=0.5, transition_steps=1, decay_rate=0.9),
], boundaries=[50, 100])
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
