#!/usr/bin/env python3
"""Small tables: what Anneal's defaults reach beside scikit-learn's, on the same rows.

Looks for the files of docs/TABLES.md in the folders and below, and measures the tables that are there. Each file is split line by line,
in the form that it has, so that both get the same rows and Anneal has to read that form. What follows -- are more options for
`anneal train`; scikit-learn is not measured then. Prints the rows of a Markdown table. Needs scikit-learn.
"""

import argparse
import csv
import gzip
import json
import statistics
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import ShuffleSplit, StratifiedShuffleSplit
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ANNEAL = Path(__file__).resolve().parent.parent / "anneal"
SEEDS = range(1, 6)
PART = 0.2  # of the rows, set aside
MISSING = {"", "?", "NA"}


@dataclass(frozen=True)
class Table:
    name: str
    files: tuple  # side by side, where there are two
    head: int = 0  # lines before the rows; -1: up to ARFF's @data
    separator: str = ","
    target: str = ""  # the last column, where nothing is said
    drop: tuple = ()
    regression: bool = False
    german: bool = False  # written as a German Excel does
    rows: int | None = None  # the first ones, where all take scikit-learn long

    def options(self):
        return (["--target", self.target] if self.target else []) + (["--drop", ",".join(self.drop)] if self.drop else [])

    def suffix(self):
        return ".arff" if self.head < 0 else ".csv"


TABLES = [
    Table(
        "titanic",
        ("data-v1-dl-16826755.arff.gz",),
        head=-1,
        target="survived",
        drop=("name", "ticket", "cabin", "boat", "body", "home.dest"),
    ),
    Table("penguins", ("penguins.csv",), head=1, target="species"),
    Table("adult", ("adult-train.csv",), rows=8000),
    Table("digits", ("digits.csv.gz",)),
    Table("breast cancer", ("breast_cancer.csv",), head=1),
    Table("iris", ("iris.csv",), head=1),
    Table("iris, German Excel", ("iris.csv",), head=1, german=True),
    Table("wine", ("wine_data.csv",), head=1),
    Table("diabetes", ("diabetes_data_raw.csv.gz", "diabetes_target.csv.gz"), separator=" ", regression=True),
    Table("boston", ("boston_house_prices.csv",), head=2, regression=True),
]


def text_of(path):
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


def lines_of(table, paths):
    """The lines before the rows, and the rows."""
    columns = [text_of(path).splitlines() for path in paths]
    lines = [table.separator.join(parts) for parts in zip(*columns, strict=True)]
    head = table.head if table.head >= 0 else [line.strip().lower() for line in lines].index("@data") + 1
    rows = [line for line in lines[head:] if line.strip()][: table.rows]
    return as_german_excel(rows) if table.german else (lines[:head], rows)


def as_german_excel(rows):
    species = ("setosa", "versicolor", "virginica")
    fields = [row.split(",") for row in rows]
    names = "Kelchblattlänge;Kelchblattbreite;Blütenblattlänge;Blütenblattbreite;Art"
    return ["\ufeffsep=;", names], [";".join(x.replace(".", ",") for x in row[:-1]) + ";" + species[int(row[-1])] for row in fields]


def fields_of(table, head, rows):
    """Inputs as objects, floats and texts, and the target."""
    separator = ";" if table.german else table.separator
    parsed = [[x.strip() for x in row] for row in csv.reader(rows, delimiter=separator, skipinitialspace=True)]
    if len(parsed) != len(rows) or len({len(row) for row in parsed}) != 1:
        raise SystemExit(f"{table.name}: the rows have no common number of fields")
    if table.german:
        parsed = [[x.replace(",", ".") for x in row] for row in parsed]
    names = [str(i + 1) for i in range(len(parsed[0]))]
    if table.head < 0:
        names = [line.split()[1].strip("'") for line in head if line.lower().startswith("@attribute")]
    elif table.target:
        names = head[-1].split(separator)
    target = names.index(table.target) if table.target else len(names) - 1
    y = np.array([row[target] for row in parsed])
    columns = []
    for i, name in enumerate(names):
        if i != target and name not in table.drop:
            column = [np.nan if row[i] in MISSING else row[i] for row in parsed]
            try:
                columns.append([float(x) for x in column])
            except ValueError:
                columns.append(column)
    return np.array(columns, dtype=object).T, y.astype(float) if table.regression else y


def sklearns(x, regression, seed):
    texts = [i for i in range(x.shape[1]) if any(isinstance(value, str) for value in x[:, i])]
    numbers = [i for i in range(x.shape[1]) if i not in texts]
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (
                "texts",
                make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore")),
                texts,
            ),
        ]
    )
    if regression:
        mlp = MLPRegressor(random_state=seed)
        models = [TransformedTargetRegressor(mlp, transformer=StandardScaler()), Ridge()]
    else:
        models = [MLPClassifier(random_state=seed), LogisticRegression(max_iter=1000)]
    return [make_pipeline(prepare, model) for model in models]


def anneal(*arguments):
    done = subprocess.run([ANNEAL, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"anneal {' '.join(map(str, arguments))}: exit code {done.returncode}\n{done.stderr}")
    return done


def anneals(table, folder, train, validation, truth, seed, more):
    """The score of a run, which evaluating and predicting must repeat, and its score on the rows that it learned from."""
    run = folder / "run"
    data = ["--data", f"csv:{train}", "--validation-data", f"csv:{validation}"]
    trained = anneal("train", *data, *table.options(), "--seed", str(seed), *more, "--json", "--out", run)
    (folder / "train.log").write_text(trained.stderr)
    metric = "r2" if table.regression else "accuracy"
    score = json.loads(trained.stdout.splitlines()[-1])[f"val_{metric}"]
    evaluated = evaluate(run, validation, metric)
    predicted = [row["prediction"] for row in csv.DictReader(anneal("predict", run, "--data", f"csv:{validation}").stdout.splitlines())]
    counted = r2_score(truth, [float(x) for x in predicted]) if table.regression else accuracy_score(truth, predicted)
    for what, other in ("evaluate", evaluated), ("predict", counted):
        if abs(other - score) > 1e-6:
            print(f"{table.name}, seed {seed}: train says {score}, {what} {other}", file=sys.stderr)
    return score, evaluate(run, train, metric)


def evaluate(run, data, metric):
    return json.loads(anneal("evaluate", run, "--data", f"csv:{data}", "--json").stdout.splitlines()[-1])[metric]


def splitter(regression, seed):
    return (ShuffleSplit if regression else StratifiedShuffleSplit)(n_splits=1, test_size=PART, random_state=seed)


def split(table, head, rows, x, y, seed, out, names):
    """A folder, two files in it with the given names and the table's form, and the rows of each."""
    folder = out / table.name.replace(", ", "-").replace(" ", "-") / str(seed)
    folder.mkdir(parents=True, exist_ok=True)
    parts = next(splitter(table.regression, seed).split(x, y))
    files = [folder / (name + table.suffix()) for name in names]
    newline = "\r\n" if table.german else "\n"
    for file, part in zip(files, parts):
        file.write_bytes("".join(line + newline for line in [*head, *(rows[i] for i in part)]).encode())
    return folder, files, parts


def find(folders, table):
    """The files of a table; says which are missing, and gives nothing then."""
    paths = [next((p for folder in folders for p in sorted(folder.rglob(file))), None) for file in table.files]
    if None in paths:
        print(f"{table.name}: no {' and '.join(table.files)} in these folders", file=sys.stderr)
        return None
    return paths


def measure(table, paths, out, more):
    head, rows = lines_of(table, paths)
    x, y = fields_of(table, head, rows)
    scores = []
    for seed in SEEDS:
        folder, files, (train, validation) = split(table, head, rows, x, y, seed, out, ("train", "validation"))
        found = list(anneals(table, folder, *files, y[validation], seed, more))
        for model in [] if more else sklearns(x, table.regression, seed):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                model.fit(x[train], y[train])
                found.append(model.score(x[validation], y[validation]))
            for warning in caught:
                said = "not converged" if warning.category is ConvergenceWarning else warning.message
                print(f"{table.name}, seed {seed}: {model[-1]}: {said}", file=sys.stderr)
        print(f"{table.name}, seed {seed}: {found}", file=sys.stderr)
        scores.append(found)
    cells = [f"{statistics.median(s):.3f} ({min(s):.3f}-{max(s):.3f})" for s in zip(*scores)]
    print(f"| {table.name} | {len(rows):,} | {' | '.join(cells)} |", flush=True)


def main():
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    own, more = sys.argv[1:at], sys.argv[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    out = Path(__file__).resolve().parent / "target" / "tables"
    parser.add_argument("-o", dest="out", type=Path, default=out, help="where parts, runs and what they said are kept (default: bench/target/tables)")
    parser.add_argument("--only", action="append", metavar="NAME", help="this table; may be given again")
    arguments = parser.parse_args(own)
    print("| table | rows | Anneal | Anneal on the rows it learned from" + ("" if more else " | MLP | linear") + " |")
    print("|---|---|---|---" + ("" if more else "|---|---") + "|", flush=True)
    for table in TABLES:
        if arguments.only and table.name not in arguments.only:
            continue
        if paths := find(arguments.folders, table):
            measure(table, paths, arguments.out, more)


if __name__ == "__main__":
    main()
