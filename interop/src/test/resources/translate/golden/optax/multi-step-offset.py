# multi-step(initial=0.5, factor=0.1, at=[30ep, 60ep], offset=1) per epoch
# in a run of 200 epochs of 10 iterations
import optax

per_epoch = optax.piecewise_constant_schedule(init_value=0.5, boundaries_and_scales={29: 0.1, 59: 0.1})
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
