# max(schedules=[exponential(initial=0.5, rate=0.05) per iteration, 0.01])
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def exponential(t):
    return 0.5 * jnp.exp(-0.05 * t)


def max_of(t):
    return jnp.maximum(exponential(t), 0.01)

learning_rate = max_of
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
