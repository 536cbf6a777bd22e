# inverse-sqrt(initial=0.5, timescale=20it) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def inverse_sqrt(t):
    return 0.5 * jnp.sqrt(20 / jnp.maximum(t, 20))

learning_rate = inverse_sqrt
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
