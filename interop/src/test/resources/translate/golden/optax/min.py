# min(schedules=[linear(initial=0, end=1, over=100%) per iteration, inverse-sqrt(initial=0.5, timescale=20it) per iteration])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    return 1.0 + (0.0 - 1.0) * (1 - jnp.minimum(t, 200) / 200)


def inverse_sqrt(t):
    return 0.5 * jnp.sqrt(20 / jnp.maximum(t, 20))


def min_of(t):
    return jnp.minimum(linear(t), inverse_sqrt(t))

learning_rate = min_of
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
