# time-based(initial=0.1, decay=0.001, form=recursive) per epoch
# in a run of 200 epochs of 10 iterations
import jax.numpy as jnp
import optax


def time_based(t):
    epoch = t // 10
    k = jnp.arange(1, 201)
    return 0.1 / jnp.prod(jnp.where(k <= epoch, (1 + 0.001 * k), 1.0))

learning_rate = time_based
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - A product is written for the steps of this run; beyond it, its last value holds.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
