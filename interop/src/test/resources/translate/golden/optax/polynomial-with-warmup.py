# polynomial-with-warmup(initial=0.5, warmup=20it, end=1e-7, power=2, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def polynomial_with_warmup(t):
    value = 1e-7 + (0.5 - 1e-7) * (jnp.maximum(200 - t, 0) / 180) ** 2
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value

learning_rate = polynomial_with_warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
