# one-cycle(peak=0.5, pct_start=0.25, div=25, final_div=100000, phases=2, pct_final=0.85, curve=cosine, dialect=fastai, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def one_cycle(t):
    value = 5e-6
    value = jnp.where(t < 200, 5e-6 + (0.5 - 5e-6) * 0.5 * (1 + jnp.cos(math.pi * (t - 50) / 150)), value)
    value = jnp.where(t < 50, 0.5 + (0.02 - 0.5) * 0.5 * (1 + jnp.cos(math.pi * t / 50)), value)
    return value

learning_rate = one_cycle
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
