# sequence(schedules=[warmup(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration, repeat(schedule=scale(schedule=cosine(initial=0.5, floor=0, floor_is=value, over=100%, exponent=1, k_decay=1, after=hold) per iteration, factor=0.5), every=25it, times=0)], boundaries=[100it])
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import math

import jax.numpy as jnp
import optax


def cosine(t):
    return 0.5 * 0.5 * (1 + jnp.cos(math.pi * jnp.minimum(t, 80) / 80))


def warmup(t):
    value = cosine(t - 20)
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value


def cosine_2(t):
    return 0.5 * 0.5 * (1 + jnp.cos(math.pi * jnp.minimum(t, 25) / 25))


def scale(t):
    return 0.5 * cosine_2(t)


def repeat(t):
    return scale(t % 25)


def sequence(t):
    value = repeat(t - 100)
    value = jnp.where(t < 100, warmup(t), value)
    return value

learning_rate = sequence
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
