# warmup(schedule=linear(initial=0.5, end=0, over=100%) per iteration, over=20it, from=0.1, from_is=value, curve=linear, offset=0, clock=multiply) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    return 0.5 * (1 - jnp.minimum(t, 200) / 200)


def warmup(t):
    value = linear(t)
    value = jnp.where(t < 20, 0.1 + (linear(t) - 0.1) * t / 20, value)
    return value

learning_rate = warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
