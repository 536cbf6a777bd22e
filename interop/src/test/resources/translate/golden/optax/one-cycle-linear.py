# one-cycle(peak=0.5, pct_start=0.4, div=25, final_div=10000, phases=3, pct_final=0.85, curve=linear, dialect=torch, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def one_cycle(t):
    value = 2e-6
    value = jnp.where(t < 199, 0.02 + (2e-6 - 0.02) * (t - 158) / 41, value)
    value = jnp.where(t < 158, 0.5 + (0.02 - 0.5) * (t - 79) / 79, value)
    value = jnp.where(t < 79, 0.02 + (0.5 - 0.02) * t / 79, value)
    return value

learning_rate = one_cycle
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
