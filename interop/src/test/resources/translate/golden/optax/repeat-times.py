# repeat(schedule=linear(initial=0.5, end=0.1, over=100%) per epoch, every=30ep, times=3)
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    epoch = t // 10
    return 0.1 + (0.5 - 0.1) * (1 - jnp.minimum(epoch, 30) / 30)


def repeat(t):
    value = 0.1
    value = jnp.where(t < 900, linear(t % 300), value)
    return value

learning_rate = repeat
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
