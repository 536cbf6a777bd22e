# inverse-time(initial=0.5, rate=0.5, over=20it, staircase=false) per iteration
# in a run of 20 epochs of 10 iterations
import optax


def inverse_time(t):
    return 0.5 / (1 + 0.5 * (t / 20))

learning_rate = inverse_time
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
