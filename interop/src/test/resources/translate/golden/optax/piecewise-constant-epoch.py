# piecewise-constant(values=[0.5, 0.1, 0.02], boundaries=[50ep, 120ep], side=right) per epoch
# in a run of 200 epochs of 10 iterations
import optax

per_epoch = optax.piecewise_constant_schedule(init_value=0.5, boundaries_and_scales={50: 0.2, 120: 0.19999999999999998})
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
