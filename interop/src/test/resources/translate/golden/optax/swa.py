# swa(schedule=step(initial=0.5, factor=0.5, every=40ep, offset=0) per epoch, swa_rate=0.05, at=75%, over=20ep, curve=cosine) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def step(t):
    epoch = t // 10
    return 0.5 * 0.5 ** (epoch // 40)


def swa(t):
    epoch = t // 10
    value = 0.05
    value = jnp.where(epoch < 170, 0.05 + (0.0625 - 0.05) * 0.5 * (1 + jnp.cos(math.pi * (epoch - 150) / 20)), value)
    value = jnp.where(epoch < 150, step(t), value)
    return value

learning_rate = swa
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
