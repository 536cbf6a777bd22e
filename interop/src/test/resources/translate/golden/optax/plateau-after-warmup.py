# warmup(schedule=plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.1, patience=10, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=keras, least_change=0), over=20it, from=0, from_is=fraction, curve=linear, offset=0, clock=after) per iteration
# in a run of 20 epochs of 10 iterations
import jax.numpy as jnp
import optax


def plateau(t):
    return 0.5


def warmup(t):
    value = plateau(t - 20)
    value = jnp.where(t < 20, 0.5 * t / 20, value)
    return value

learning_rate = warmup
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
