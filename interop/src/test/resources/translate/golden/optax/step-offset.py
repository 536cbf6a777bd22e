# step(initial=0.5, factor=0.8, every=10ep, offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import optax


def step(t):
    epoch = t // 10
    return 0.5 * 0.8 ** ((epoch + 1) // 10)

learning_rate = step
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
