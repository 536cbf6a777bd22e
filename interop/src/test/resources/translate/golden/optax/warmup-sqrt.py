# warmup(schedule=0.5, over=20it, from=0.1, from_is=fraction, curve=one_minus_sqrt, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def warmup(t):
    value = 0.5
    value = jnp.where(t < 20, 0.05 + (0.5 - 0.05) * (1 - jnp.sqrt(1 - t / 20)), value)
    return value

learning_rate = warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
