# cosine(initial=0.5, floor=0.01, floor_is=value, over=100%, exponent=2, k_decay=1.5, after=hold) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def cosine(t):
    return 0.01 + (0.5 - 0.01) * (0.5 * (1 + jnp.cos(math.pi * (jnp.minimum(t, 200) / 200) ** 1.5))) ** 2

learning_rate = cosine
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
