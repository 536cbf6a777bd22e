"""Times calls and prints what came out, as the Java programs beside it do."""

import statistics
import time


class Timing:
    """Seconds that a call takes: the median and the best of the blocks that were timed."""

    def __init__(self, blocks):
        self.median = statistics.median(blocks)
        self.best = min(blocks)


def _repeat(call, at_least, seconds):
    start = time.perf_counter()
    calls = 0
    while True:
        call()
        calls += 1
        if calls >= at_least and time.perf_counter() - start >= seconds:
            return (time.perf_counter() - start) / calls


def _blocks(call, calls, seconds):
    start = time.perf_counter()
    blocks = []
    while len(blocks) < 3 or time.perf_counter() - start < seconds:
        blocks.append(_repeat(call, calls, 0))
    return Timing(blocks)


def calls(call):
    """For code that may be called any number of times in a block, until that takes 5 ms."""
    _repeat(call, 1, 0.25)
    each = _repeat(call, 1, 0.25)
    return _blocks(call, int(0.007 / each) + 1, 1)


def steps(step):
    """For training steps."""
    _repeat(step, 250, 3)
    return _blocks(step, 50, 3)


class Report:
    """Prints two lines for each measurement, of the median and of the best."""

    def __init__(self, peer, threads):
        self.peer = peer
        self.threads = threads

    def print(self, what, timing, value, unit):
        self._line(what, value(timing.median), unit)
        self._line(what + " best", value(timing.best), unit)

    def _line(self, what, value, unit):
        print(self.peer, what, self.threads, f"{value:.4g}", unit, sep="\t", flush=True)
