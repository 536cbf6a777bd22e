# step(initial=0.5, factor=0.8, every=0.75ep, offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.exponential_decay(init_value=0.5, transition_steps=7.5, decay_rate=0.8, staircase=True)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
