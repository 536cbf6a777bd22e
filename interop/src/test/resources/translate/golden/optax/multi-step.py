# multi-step(initial=0.5, factor=0.1, at=[100it, 50it, 150it, 150it], offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.piecewise_constant_schedule(init_value=0.5, boundaries_and_scales={50: 0.1, 100: 0.1, 150: 0.010000000000000002})
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
