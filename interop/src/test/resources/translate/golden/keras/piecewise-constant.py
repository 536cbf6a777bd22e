# piecewise-constant(values=[0.5, 0.1, 0.02], boundaries=[50it, 12ep], side=right) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.PiecewiseConstantDecay(boundaries=[49, 119], values=[0.5, 0.1, 0.02])
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - A boundary of Keras is the last step of the old value: one less than here.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
