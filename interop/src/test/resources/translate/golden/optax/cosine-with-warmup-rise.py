# cosine-with-warmup(initial=0.5, warmup=20it, floor=0, floor_is=value, cycles=1.5, after=rise, offset=1, over=150it) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def cosine_with_warmup(t):
    value = 0.5 * 0.5 * (1 + jnp.cos(math.pi * 3 * ((t + 1) - 20) / 130))
    value = jnp.where(t < 19, 0.5 * (t + 1) / 20, value)
    return value

learning_rate = cosine_with_warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
