# 0.1
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.constant_schedule(value=0.1)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
