# cosine-restarts(initial=0.5, floor=0.1, floor_is=fraction, period=30it, period_multiplier=1.5, height_multiplier=0.8, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def cosine_restarts(t):
    value = 0.05
    value = jnp.where(t < 243.75, 0.05 + (0.28040000000000004 - 0.05) * 0.5 * (1 + jnp.cos(math.pi * (t - 142.5) / 101.25)), value)
    value = jnp.where(t < 142.5, 0.05 + (0.3380000000000001 - 0.05) * 0.5 * (1 + jnp.cos(math.pi * (t - 75) / 67.5)), value)
    value = jnp.where(t < 75, 0.05 + (0.41000000000000003 - 0.05) * 0.5 * (1 + jnp.cos(math.pi * (t - 30) / 45)), value)
    value = jnp.where(t < 30, 0.05 + (0.5 - 0.05) * 0.5 * (1 + jnp.cos(math.pi * t / 30)), value)
    return value

learning_rate = cosine_restarts
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - Restarts after this run are not written; beyond the last one the floor holds.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
