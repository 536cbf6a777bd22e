# one-cycle(peak=0.5, pct_start=0.3, div=25, final_div=10000, phases=3, pct_final=0.85, curve=linear, dialect=optax, over=100%) per iteration
# in a run of 20 epochs of 10 iterations, for which percents are resolved
import optax

learning_rate = optax.linear_onecycle_schedule(transition_steps=200, peak_value=0.5, pct_start=0.3, pct_final=0.85, div_factor=25.0, final_div_factor=10000.0)
optimizer = optax.sgd(learning_rate)

# Where it is not exact:
# - JAX computes in float32 unless jax_enable_x64 is set: about 7 digits.
