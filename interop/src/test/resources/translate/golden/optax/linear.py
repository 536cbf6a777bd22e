# linear(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import optax

learning_rate = optax.linear_schedule(init_value=0.5, end_value=0.01, transition_steps=200)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
