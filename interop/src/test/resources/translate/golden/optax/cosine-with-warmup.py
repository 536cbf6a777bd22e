# cosine-with-warmup(initial=0.5, warmup=20it, floor=0.01, floor_is=value, cycles=0.5, after=hold, offset=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def cosine_with_warmup(t):
    value = 0.01 + (0.5 - 0.01) * 0.5 * (1 + jnp.cos(math.pi * (jnp.minimum(t, 200) - 20) / 180))
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value

learning_rate = cosine_with_warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
