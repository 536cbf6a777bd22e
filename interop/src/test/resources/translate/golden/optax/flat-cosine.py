# flat-cosine(initial=0.5, flat=75%, end=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def flat_cosine(t):
    value = 0.0
    value = jnp.where(t < 200, 0.5 * 0.5 * (1 + jnp.cos(math.pi * (t - 150) / 50)), value)
    value = jnp.where(t < 150, 0.5, value)
    return value

learning_rate = flat_cosine
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
