# exp-range(base=0.1, peak=0.5, up=20it, down=0it, gamma=0.99) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def exp_range(t):
    into = t % 40
    return 0.1 + (0.5 - 0.1) * jnp.minimum(into / 20, (40 - into) / 20) * 0.99 ** t

learning_rate = exp_range
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
