# linear(initial=0, end=0.5, over=150it) per iteration
# in a run of 200 epochs of 1 iterations
import optax

learning_rate = optax.linear_schedule(init_value=0.0, end_value=0.5, transition_steps=150)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
