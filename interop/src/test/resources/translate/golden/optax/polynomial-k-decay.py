# polynomial(initial=0.5, end=0.01, power=2, over=100%, cycle=false, k_decay=0.7) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import jax.numpy as jnp
import optax


def polynomial(t):
    return 0.01 + (0.5 - 0.01) * (1 - (jnp.minimum(t, 200) / 200) ** 0.7) ** 2

learning_rate = polynomial
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
