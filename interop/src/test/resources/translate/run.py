"""Runs translated schedules and prints, as JSON, the values that each gives tick by tick.

python run.py FRAMEWORK FILE TICKS [FILE TICKS ...]
"""

import json
import sys
import warnings

import numpy

warnings.simplefilter("ignore")  # arrays are computed in both branches of a where


def metric(epoch):
    """What is fed to those that wait for a plateau: TranslationTest feeds the same."""
    return 1 / (1 + min(epoch, 5))


def torch_values(names, ticks, text):
    optimizer, scheduler = names["optimizer"], names["scheduler"]
    values = []
    for _ in range(ticks):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if "ReduceLROnPlateau" in text:
            scheduler.step(metric(len(values) - 1))
        else:
            scheduler.step()
    return values


def keras_values(names, ticks, text):
    callback = names.get("callback")
    if callback is None:
        rate = names["learning_rate"]
        return [float(rate(step) if callable(rate) else rate) for step in range(ticks)]
    if "ReduceLROnPlateau" in text:
        values = []
        for epoch in range(ticks):
            values.append(names["optimizer"].learning_rate)
            names["optimizer"].learning_rate = callback.after(metric(epoch), values[-1])
        return values
    return [callback.schedule(epoch, 0.0) for epoch in range(ticks)]


def optax_values(names, ticks, text):
    return [float(names["learning_rate"](numpy.int64(count))) for count in range(ticks)]


def main(framework, arguments):
    values = {"pytorch": torch_values, "keras": keras_values, "optax": optax_values}[framework]
    result = {}
    for file, ticks in zip(arguments[::2], arguments[1::2]):
        with open(file, encoding="utf-8") as source:
            text = source.read()
        names = {}
        try:
            exec(compile(text, file, "exec"), names)
            result[file] = values(names, int(ticks), text)
        except Exception as problem:
            result[file] = "%s: %s" % (type(problem).__name__, problem)
    json.dump(result, sys.stdout)


main(sys.argv[1], sys.argv[2:])
