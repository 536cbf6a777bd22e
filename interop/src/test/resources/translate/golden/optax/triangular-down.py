# triangular(base=0.95, peak=0.85, up=30it, down=0it) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def triangular(t):
    into = t % 60
    return 0.95 + (0.85 - 0.95) * jnp.minimum(into / 30, (60 - into) / 30)

learning_rate = triangular
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
