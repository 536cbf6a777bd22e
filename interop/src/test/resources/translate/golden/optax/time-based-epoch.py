# time-based(initial=0.1, decay=0.01, form=closed) per epoch
# in a run of 200 epochs of 10 iterations
import optax


def time_based(t):
    epoch = t // 10
    return 0.1 / (1 + 0.01 * epoch)

learning_rate = time_based
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
