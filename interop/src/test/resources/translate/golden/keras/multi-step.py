# multi-step(initial=0.5, factor=0.1, at=[100it, 50it, 150it, 150it], offset=0) per iteration
# in a run of 20 epochs of 10 iterations
import keras

learning_rate = keras.optimizers.schedules.PiecewiseConstantDecay(boundaries=[49, 99, 149, 149], values=[0.5, 0.05, 0.005000000000000001, 5.000000000000001e-4, 5.0000000000000016e-5])
optimizer = keras.optimizers.SGD(learning_rate=learning_rate)

# Where it is not exact:
# - A boundary of Keras is the last step of the old value: one less than here.
# - Keras computes in float32: about 7 digits. It counts every call of the optimizer, also those that only accumulate gradients.
