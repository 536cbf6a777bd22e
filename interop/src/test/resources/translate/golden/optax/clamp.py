# clamp(schedule=exponential(initial=0.5, rate=0.05) per iteration, low=0.01, high=0.3)
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def exponential(t):
    return 0.5 * jnp.exp(-0.05 * t)


def clamp(t):
    return jnp.minimum(jnp.maximum(exponential(t), 0.01), 0.3)

learning_rate = clamp
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
