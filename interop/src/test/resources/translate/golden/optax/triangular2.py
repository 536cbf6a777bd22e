# triangular2(base=0.1, peak=0.5, up=20it, down=0it) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def triangular2(t):
    into = t % 40
    return 0.1 + (0.5 - 0.1) * jnp.minimum(into / 20, (40 - into) / 20) * 0.5 ** (t // 40)

learning_rate = triangular2
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
