# spike-guard(schedule=linear(initial=0.5, end=0, over=100%) per iteration, monitor=loss, threshold=2, factor=0.5, over=3ep)
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def linear(t):
    return 0.5 * (1 - jnp.minimum(t, 200) / 200)


def spike_guard(t):
    return linear(t)

learning_rate = spike_guard
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - What loss does to it is not translated: this is the schedule while nothing moves it.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
