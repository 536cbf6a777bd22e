# triangular(base=0.1, peak=0.5, up=30it, down=20it) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def triangular(t):
    into = t % 50
    return 0.1 + (0.5 - 0.1) * jnp.minimum(into / 30, (50 - into) / 20)

learning_rate = triangular
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
