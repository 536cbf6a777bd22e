# exponential-decay(initial=0.5, rate=0.96, over=20it, staircase=true) per iteration
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.exponential_decay(init_value=0.5, transition_steps=20, decay_rate=0.96, staircase=True)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
