# greedy(schedule=0.5, monitor=loss, mode=min, factor=0.95, patience=10, delta=1e-6, delta_is=value, cooldown=0, warmup=0, floor=0.001, ceiling=1, least_change=1e-8, window=1, reset=500)
# in a run of 20 epochs of 10 iterations
import optax


def greedy(t):
    return 0.5

learning_rate = greedy
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - What loss does to it is not translated: this is the schedule while nothing moves it.
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
