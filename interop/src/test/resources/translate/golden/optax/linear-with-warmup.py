# linear-with-warmup(initial=0.5, warmup=10%, end=0, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear_with_warmup(t):
    value = 0.5 * jnp.maximum(200 - t, 0) / 180
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value

learning_rate = linear_with_warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
