# snapshot(initial=0.5, cycles=6, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def snapshot(t):
    return 0.5 * 0.5 * (1 + jnp.cos(math.pi * (jnp.minimum(t, 199) % 34) / 34))

learning_rate = snapshot
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
