# step(initial=0.5, factor=0.8, every=10ep, offset=0) per epoch
# in a run of 200 epochs of 10 iterations
import optax

per_epoch = optax.exponential_decay(init_value=0.5, transition_steps=10, decay_rate=0.8, staircase=True)
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
