# time-based(initial=0.1, decay=0.01, form=closed) per iteration
# in a run of 2 epochs of 250 iterations
import optax


def time_based(t):
    return 0.1 / (1 + 0.01 * t)

learning_rate = time_based
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
