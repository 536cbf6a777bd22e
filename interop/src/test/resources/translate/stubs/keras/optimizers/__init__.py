"""An optimizer that only has a rate."""

from keras.optimizers import schedules


class SGD:
    def __init__(self, learning_rate=0.01):
        self.learning_rate = learning_rate
