#!/usr/bin/env python3
"""`anneal choose` beside scikit-learn's models, on the same rows and in the same time.

Looks for the files of docs/CHOICES.md in the folders and below, and measures the tables that are there, with five splits each: a fifth of
the rows tests, and nobody sees it before. Beside what `anneal choose --within TIME` leaves stand scikit-learn's MLP with its defaults, the best
that a random search of such MLPs finds in the same time on as many processes as there are cores, a linear model, and gradient boosting.
Prints the rows of a Markdown table. Needs scikit-learn.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
import warnings
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one process a core, in the search

import numpy as np
from scipy.stats import t as students_t
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder
from tables import ANNEAL, PART, SEEDS, TABLES, Table, fields_of, find, lines_of, sklearns, split, splitter

CHOICES = [
    *(table for table in TABLES if table.name in ("wine", "digits", "breast cancer", "titanic", "diabetes")),
    Table("letters", ("letters.csv",), head=1, target="lettr"),
    Table("diamonds", ("diamonds.csv",), head=1, target="price", regression=True),
]
COLUMNS = ["choose", "MLP", "MLP, searched", "linear", "boosting"]


def anneal(*arguments):
    done = subprocess.run([ANNEAL, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"anneal {' '.join(map(str, arguments))}: exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def chosen(table, folder, train, test, seconds, seed, more):
    """What the model that `choose` leaves has on the rows that test."""
    out = folder / "chosen"
    shutil.rmtree(out, ignore_errors=True)
    given = ["--data", f"csv:{train}", *table.options(), "--test-split", 0, "--seed", seed, "--within", f"{seconds}s"]
    result, said = anneal("choose", *given, *more, "--json", "--out", out)
    (folder / "choose.log").write_text(said + "\n" + json.dumps(result))
    measured, _ = anneal("evaluate", out / "model.safetensors", "--data", f"csv:{test}", "--json")
    return measured["r2" if table.regression else "accuracy"]


def random_options(generator):
    return {
        "hidden_layer_sizes": [(64,), (100,), (128,), (256, 256)][generator.integers(4)],
        "learning_rate_init": float(10 ** generator.uniform(-4, -1.5)),
        "alpha": float(10 ** generator.uniform(-6, 0)),
        "batch_size": int([32, 64, 128, 200][generator.integers(4)]),
        "early_stopping": bool(generator.integers(2)),
    }


def with_options(pipeline, regression, options):
    mlp = pipeline[-1].regressor if regression else pipeline[-1]
    mlp.set_params(**options)
    return pipeline


def tried(x, y, regression, seed, options):
    """How a network does on a fifth of the rows, as `choose` validates."""
    warnings.simplefilter("ignore")
    train, validation = next(splitter(regression, seed).split(x, y))
    model = with_options(sklearns(x, regression, seed)[0], regression, options)
    return model.fit(x[train], y[train]).score(x[validation], y[validation])


def searched(x, y, regression, seed, seconds):
    """The best network of a random search, trained again on all rows; and how many were tried."""
    generator = np.random.default_rng(seed)
    end = time.monotonic() + seconds
    scores = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        running = {}
        while (left := end - time.monotonic()) > 0:
            while len(running) < os.cpu_count():
                options = random_options(generator)
                running[pool.submit(tried, x, y, regression, seed, options)] = options
            done, _ = wait(running, timeout=left, return_when=FIRST_COMPLETED)
            scores += [(each.result(), running.pop(each)) for each in done]
        for process in pool._processes.values():
            process.kill()  # what is late does not count
    best = max(scores, key=lambda each: each[0])[1] if scores else {}
    return with_options(sklearns(x, regression, seed)[0], regression, best).fit(x, y), len(scores)


def boosting(x, regression, seed):
    texts = [i for i in range(x.shape[1]) if any(isinstance(value, str) for value in x[:, i])]
    numbers = [i for i in range(x.shape[1]) if i not in texts]
    fill = SimpleImputer(strategy="constant", fill_value="missing")
    encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan)
    prepare = ColumnTransformer([("numbers", SimpleImputer(strategy="constant", fill_value=np.nan, keep_empty_features=True), numbers), ("texts", make_pipeline(fill, encode), texts)])
    categorical = list(range(len(numbers), x.shape[1]))
    model = (HistGradientBoostingRegressor if regression else HistGradientBoostingClassifier)(random_state=seed, categorical_features=categorical)
    return make_pipeline(prepare, model)


def scores_of(table, x, y, parts, files, folder, seconds, seed, more):
    warnings.simplefilter("ignore")
    train, test = parts
    found = [chosen(table, folder, *files, seconds, seed, more)]
    if more:
        return found
    mlp, linear = sklearns(x, table.regression, seed)
    found.append(mlp.fit(x[train], y[train]).score(x[test], y[test]))
    best, tries = searched(x[train], y[train], table.regression, seed, seconds)
    print(f"{table.name}, seed {seed}: {tries} MLPs tried", file=sys.stderr)
    found.append(best.score(x[test], y[test]))
    for model in linear, boosting(x, table.regression, seed):
        found.append(model.fit(x[train], y[train]).score(x[test], y[test]))
    return found


def interval(differences):
    """The mean and half the width of its interval of 95 %, for splits that overlap (Nadeau and Bengio, 2003)."""
    n = len(differences)
    if n < 2:
        return differences[0], math.nan
    spread = math.sqrt(statistics.variance(differences) * (1 / n + PART / (1 - PART)))
    return statistics.mean(differences), students_t.ppf(0.975, n - 1) * spread


def measure(table, paths, out, seconds, seeds, more):
    head, rows = lines_of(table, paths)
    x, y = fields_of(table, head, rows)
    scores = []
    for seed in seeds:
        folder, files, parts = split(table, head, rows, x, y, seed, out, ("train", "test"))
        scores.append(scores_of(table, x, y, parts, files, folder, seconds, seed, more))
        print(f"{table.name}, seed {seed}: {' '.join(f'{score:.4f}' for score in scores[-1])}", file=sys.stderr)
    columns = list(zip(*scores))
    cells = [f"{statistics.mean(s):.3f} ({min(s):.3f}-{max(s):.3f})" for s in columns]
    differences = [interval([a - b for a, b in zip(columns[0], other)]) for other in columns[1:]]
    cells += [f"{mean:+.3f} ± {half:.3f}" for mean, half in differences]
    print(f"| {table.name} | {len(rows):,} | {seconds} s | {' | '.join(cells)} |", flush=True)


def main():
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    own, more = sys.argv[1:at], sys.argv[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    out = Path(__file__).resolve().parent / "target" / "choices"
    parser.add_argument("-o", dest="out", type=Path, default=out, help="where parts and searches are kept (default: bench/target/choices)")
    parser.add_argument("--only", action="append", metavar="NAME", help="this table; may be given again")
    parser.add_argument("--within", type=int, default=30, metavar="SECONDS", help="the time of each search (default: 30)")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), metavar="N", help="how many splits (default: 5)")
    arguments = parser.parse_args(own)
    columns = COLUMNS[: 1 if more else None]
    print(f"| table | rows | time | {' | '.join([*columns, *(f'choose - {name}' for name in columns[1:])])} |")
    print("|---" * (2 + 2 * len(columns)) + "|", flush=True)
    for table in CHOICES:
        if arguments.only and table.name not in arguments.only:
            continue
        if paths := find(arguments.folders, table):
            measure(table, paths, arguments.out, arguments.within, SEEDS[: arguments.seeds], more)


if __name__ == "__main__":
    main()
