# sum(schedules=[triangular(base=0.1, peak=0.5, up=20it, down=0it) per iteration, linear(initial=0.1, end=0, over=100%) per iteration, 0.01])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def triangular(t):
    into = t % 40
    return 0.1 + (0.5 - 0.1) * jnp.minimum(into / 20, (40 - into) / 20)


def linear(t):
    return 0.1 * (1 - jnp.minimum(t, 200) / 200)


def sum_of(t):
    return triangular(t) + linear(t) + 0.01

learning_rate = sum_of
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
