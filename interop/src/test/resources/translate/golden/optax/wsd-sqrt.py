# wsd(peak=0.5, warmup=10ep, cooldown=20%, floor=0, floor_is=fraction, warmup_curve=linear, cooldown_curve=one_minus_sqrt, over=100%) per epoch
# in a run of 200 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def wsd(t):
    epoch = t // 10
    value = 0.0
    value = jnp.where(epoch < 200, 0.5 + (0.0 - 0.5) * jnp.sqrt((epoch - 160) / 40), value)
    value = jnp.where(epoch < 160, 0.5, value)
    value = jnp.where(epoch < 10, 0.5 * epoch / 10, value)
    return value

learning_rate = wsd
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
