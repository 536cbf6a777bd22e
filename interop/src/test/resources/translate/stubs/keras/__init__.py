"""Keras, as far as schedules call it, written down from its documentation, in doubles."""

from keras import callbacks, ops, optimizers
