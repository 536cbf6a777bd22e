# multiplicative(initial=0.5, factor=linear(initial=0.95, end=1, over=100%) per iteration) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    return 1.0 + (0.95 - 1.0) * (1 - jnp.minimum(t, 200) / 200)


def multiplicative(t):
    k = jnp.arange(1, 201)
    return 0.5 * jnp.prod(jnp.where(k <= t, linear(k), 1.0))

learning_rate = multiplicative
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - A product is written for the steps of this run; beyond it, its last value holds.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
