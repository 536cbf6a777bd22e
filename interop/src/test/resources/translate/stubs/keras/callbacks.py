"""The callbacks that set the rate."""


class LearningRateScheduler:
    def __init__(self, schedule):
        self.schedule = schedule


class ReduceLROnPlateau:
    def __init__(self, monitor, factor, patience, mode, min_delta, cooldown, min_lr):
        self.factor, self.patience, self.delta = factor, patience, min_delta
        self.cooldown, self.floor, self.sign = cooldown, min_lr, 1 if mode == "min" else -1
        self.best, self.wait, self.left = None, 0, 0

    def after(self, metric, rate):
        """The rate after an epoch with a metric."""
        if self.left > 0:
            self.left, self.wait = self.left - 1, 0
        metric *= self.sign
        if self.best is None or metric < self.best - self.delta:
            self.best, self.wait = metric, 0
        elif self.left == 0:
            self.wait += 1
            if self.wait >= self.patience and rate > self.floor:
                self.left, self.wait = self.cooldown, 0
                return max(rate * self.factor, self.floor)
        return rate
