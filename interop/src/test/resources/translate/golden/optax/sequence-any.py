# sequence(schedules=[inverse-sqrt(initial=0.5, timescale=20it) per iteration, exponential(initial=0.1, rate=0.1) per epoch], boundaries=[105it])
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def inverse_sqrt(t):
    return 0.5 * jnp.sqrt(20 / jnp.maximum(t, 20))


def exponential(t):
    epoch = t // 10
    return 0.1 * jnp.exp(-0.1 * epoch)


def sequence(t):
    value = exponential(t - 105)
    value = jnp.where(t < 105, inverse_sqrt(t), value)
    return value

learning_rate = sequence
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
