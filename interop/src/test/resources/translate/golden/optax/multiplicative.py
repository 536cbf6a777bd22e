# multiplicative(initial=0.5, factor=piecewise-constant(values=[0.99, 0.95], boundaries=[100ep], side=right) per epoch) per epoch
# in a run of 200 epochs of 10 iterations
import jax.numpy as jnp
import optax


def piecewise_constant(t):
    epoch = t // 10
    value = 0.95
    value = jnp.where(epoch < 100, 0.99, value)
    return value


def multiplicative(t):
    epoch = t // 10
    k = jnp.arange(1, 201)
    return 0.5 * jnp.prod(jnp.where(k <= epoch, piecewise_constant(k * 10), 1.0))

learning_rate = multiplicative
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - A product is written for the steps of this run; beyond it, its last value holds.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
