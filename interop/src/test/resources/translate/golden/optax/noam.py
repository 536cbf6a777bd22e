# noam(model_size=512, warmup=40it, factor=1) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def noam(t):
    return 1.0 * 512.0 ** -0.5 * jnp.minimum((t + 1) ** -0.5, (t + 1) * 40.0 ** -1.5)

learning_rate = noam
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
