# one-cycle-momentum(high=0.95, low=0.85, pct_start=0.3, phases=2, pct_final=0.85, curve=cosine, dialect=torch, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def one_cycle_momentum(t):
    value = 0.95
    value = jnp.where(t < 199, 0.95 + (0.85 - 0.95) * 0.5 * (1 + jnp.cos(math.pi * (t - 59) / 140)), value)
    value = jnp.where(t < 59, 0.85 + (0.95 - 0.85) * 0.5 * (1 + jnp.cos(math.pi * t / 59)), value)
    return value

learning_rate = one_cycle_momentum
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
