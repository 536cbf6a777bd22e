# repeat(schedule=exponential-decay(initial=0.5, rate=0.9, over=1it, staircase=false) per iteration, every=30it, times=0)
# in a run of 20 epochs of 10 iterations
import optax


def exponential_decay(t):
    return 0.5 * 0.9 ** t


def repeat(t):
    return exponential_decay(t % 30)

learning_rate = repeat
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
