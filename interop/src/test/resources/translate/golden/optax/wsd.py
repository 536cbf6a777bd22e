# wsd(peak=0.5, warmup=20it, cooldown=50it, floor=0.01, floor_is=fraction, warmup_curve=linear, cooldown_curve=cosine, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def wsd(t):
    value = 0.005
    value = jnp.where(t < 200, 0.005 + (0.5 - 0.005) * 0.5 * (1 + jnp.cos(math.pi * (t - 150) / 50)), value)
    value = jnp.where(t < 150, 0.5, value)
    value = jnp.where(t < 20, 0.005 + (0.5 - 0.005) * t / 20, value)
    return value

learning_rate = wsd
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
