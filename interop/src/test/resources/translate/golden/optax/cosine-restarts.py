# cosine-restarts(initial=0.5, floor=0.01, floor_is=value, period=40it, period_multiplier=1, height_multiplier=1, multiplies=height, cycles=0, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def cosine_restarts(t):
    return 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (t % 40 / 40)))

learning_rate = cosine_restarts
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
