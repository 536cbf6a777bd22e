# shift(schedule=linear(initial=0.5, end=0.1, over=100%) per iteration, by=30it)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    return 0.1 + (0.5 - 0.1) * (1 - jnp.minimum(t, 170) / 170)


def shift(t):
    value = linear(t - 30)
    value = jnp.where(t < 30, 0.5, value)
    return value

learning_rate = shift
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
