# linear(initial=0.5, end=0, over=80%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import optax

per_epoch = optax.linear_schedule(init_value=0.5, end_value=0.0, transition_steps=160)
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
