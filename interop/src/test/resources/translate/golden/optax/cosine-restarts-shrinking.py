# cosine-restarts(initial=0.5, floor=0, floor_is=value, period=64it, period_multiplier=0.5, height_multiplier=0.5, multiplies=peak, cycles=5, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def cosine_restarts(t):
    value = 0.0
    value = jnp.where(t < 124, 0.03125 * 0.5 * (1 + jnp.cos(math.pi * (t - 120) / 4)), value)
    value = jnp.where(t < 120, 0.0625 * 0.5 * (1 + jnp.cos(math.pi * (t - 112) / 8)), value)
    value = jnp.where(t < 112, 0.125 * 0.5 * (1 + jnp.cos(math.pi * (t - 96) / 16)), value)
    value = jnp.where(t < 96, 0.25 * 0.5 * (1 + jnp.cos(math.pi * (t - 64) / 32)), value)
    value = jnp.where(t < 64, 0.5 * 0.5 * (1 + jnp.cos(math.pi * t / 64)), value)
    return value

learning_rate = cosine_restarts
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
