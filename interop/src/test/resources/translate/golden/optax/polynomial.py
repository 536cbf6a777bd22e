# polynomial(initial=0.5, end=0.01, power=2, over=150it, cycle=false, k_decay=1) per iteration
# in a run of 20 epochs of 10 iterations
import optax

learning_rate = optax.polynomial_schedule(init_value=0.5, end_value=0.01, power=2.0, transition_steps=150)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
