# warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per epoch, over=25it, from=0.1, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def cosine(t):
    epoch = t // 10
    return 0.5 * 0.5 * (1 + jnp.cos(math.pi * jnp.minimum(epoch, 17.5) / 17.5))


def warmup(t):
    value = cosine(t - 25)
    value = jnp.where(t < 25, 0.05 + (0.5 - 0.05) * t / 25, value)
    return value

learning_rate = warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
