# exponential(initial=0.5, rate=0.1) per epoch
# in a run of 200 epochs of 10 iterations
import optax

per_epoch = optax.exponential_decay(init_value=0.5, transition_steps=10, decay_rate=0.36787944117144233)
learning_rate = lambda count: per_epoch(count // 10)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
