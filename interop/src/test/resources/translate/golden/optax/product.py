# product(schedules=[step(initial=0.5, factor=0.5, every=40it, offset=0) per iteration, cosine(initial=1, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def step(t):
    return 0.5 * 0.5 ** (t // 40)


def cosine(t):
    return 1.0 * 0.5 * (1 + jnp.cos(math.pi * jnp.minimum(t, 200) / 200))


def product(t):
    return step(t) * cosine(t)

learning_rate = product
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
