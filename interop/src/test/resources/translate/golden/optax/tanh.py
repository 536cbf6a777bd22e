# tanh(initial=0.5, end=0.01, over=150it, lower=-7, upper=3) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def tanh(t):
    value = 0.01
    value = jnp.where(t < 150, 0.01 + (0.5 - 0.01) * 0.5 * (1 - jnp.tanh(-7.0 + (3.0 - -7.0) * t / 150)), value)
    value = jnp.where(t < 1, 0.5, value)
    return value

learning_rate = tanh
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
