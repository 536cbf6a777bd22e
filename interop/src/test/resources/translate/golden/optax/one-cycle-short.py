# one-cycle(peak=0.5, pct_start=0.3, div=25, final_div=10000, phases=2, pct_final=0.85, curve=cosine, dialect=torch, over=150it) per iteration
# in a run of 20 epochs of 10 iterations
import math

import jax.numpy as jnp
import optax


def one_cycle(t):
    value = 2e-6
    value = jnp.where(t < 149, 2e-6 + (0.5 - 2e-6) * 0.5 * (1 + jnp.cos(math.pi * (t - 44) / 105)), value)
    value = jnp.where(t < 44, 0.5 + (0.02 - 0.5) * 0.5 * (1 + jnp.cos(math.pi * t / 44)), value)
    return value

learning_rate = one_cycle
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
