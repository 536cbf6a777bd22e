# plateau(schedule=0.5, monitor=val_loss, mode=min, factor=0.5, patience=3, delta=1e-4, delta_is=value, cooldown=0, floor=0, dialect=keras, least_change=0)
# in a run of 20 epochs of 10 iterations
import keras

optimizer = keras.optimizers.SGD(learning_rate=0.5)
callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=3, mode="min", min_delta=1e-4, cooldown=0, min_lr=0.0)
# model.fit(..., callbacks=[callback])

# Where it is not exact:
# - Keras keeps the rate in float32: about 7 digits.
