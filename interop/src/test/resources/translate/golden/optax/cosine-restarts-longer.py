# cosine-restarts(initial=0.5, floor=0.01, floor_is=value, period=10it, period_multiplier=2, height_multiplier=1, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 31 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def cosine_restarts(t):
    value = 0.01
    value = jnp.where(t < 630, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 310) / 320)), value)
    value = jnp.where(t < 310, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 150) / 160)), value)
    value = jnp.where(t < 150, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 70) / 80)), value)
    value = jnp.where(t < 70, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 30) / 40)), value)
    value = jnp.where(t < 30, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t - 10) / 20)), value)
    value = jnp.where(t < 10, 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * t / 10)), value)
    return value

learning_rate = cosine_restarts
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - Restarts after this run are not written; beyond the last one the floor holds.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
