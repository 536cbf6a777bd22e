# scale(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, factor=0.1)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def cosine(t):
    return 0.5 * 0.5 * (1 + jnp.cos(math.pi * jnp.minimum(t, 200) / 200))


def scale(t):
    return 0.1 * cosine(t)

learning_rate = scale
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
