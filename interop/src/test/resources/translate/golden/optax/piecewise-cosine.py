# piecewise-linear(values=[0.1, 1, 0.01], boundaries=[50it, 150it], curve=cosine) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def piecewise_linear(t):
    value = 0.01
    value = jnp.where(t < 150, 0.01 + (1.0 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 50) / 100)), value)
    value = jnp.where(t < 50, 1.0 + (0.1 - 1.0) * 0.5 * (1 + jnp.cos(math.pi * t / 50)), value)
    return value

learning_rate = piecewise_linear
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
