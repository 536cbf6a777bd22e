# constant-with-warmup(initial=0.5, warmup=20it) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def constant_with_warmup(t):
    value = 0.5
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value

learning_rate = constant_with_warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
