# plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.5, patience=0, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=torch, least_change=0)
# in a run of 40 epochs of 10 iterations
import optax


def plateau(t):
    return 0.5

learning_rate = plateau
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - What val_loss does to it is not translated: this is the schedule while nothing moves it.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
