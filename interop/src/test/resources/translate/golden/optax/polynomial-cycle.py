# polynomial(initial=0.5, end=0.01, power=0.5, over=60it, cycle=true, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def polynomial(t):
    length = 60 * jnp.maximum(jnp.ceil(t / 60), 1)
    return 0.01 + (0.5 - 0.01) * (1 - t / length) ** 0.5

learning_rate = polynomial
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
