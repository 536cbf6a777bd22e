# rex(initial=0.5, end=0.01, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def rex(t):
    part = jnp.minimum(t, 200) / 200
    return 0.01 + (0.5 - 0.01) * (1 - part) / (1 - part / 2)

learning_rate = rex
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
