"""Perceptrons with relu between the layers, trained with cross-entropy."""

import csv
import itertools
import sys

import measure
import torch
from torch import nn

BATCHES = 100
TRAIN = 235
BATCH = 28
EPOCHS = 50


class Network:
    """A model with its optimizer."""

    def __init__(self, sizes, optimizer, rate):
        layers = []
        for inputs, units in itertools.pairwise(sizes):
            layers += [nn.Linear(inputs, units), nn.ReLU()]
        self.model = nn.Sequential(*layers[:-1])
        self.binary = sizes[-1] == 1
        self.loss = nn.BCEWithLogitsLoss() if self.binary else nn.CrossEntropyLoss()
        self.optimizer = optimizer(self.model.parameters(), lr=rate)

    def targets(self, labels):
        """Labels as the loss wants them."""
        return labels.float().unsqueeze(1) if self.binary else labels

    def train(self, features, targets):
        """One step. Nobody asks for the loss."""
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(features), targets).backward()
        self.optimizer.step()

    def accuracy(self, features, labels):
        with torch.no_grad():
            outputs = self.model(features)
        found = (outputs > 0).squeeze(1).long() if self.binary else outputs.argmax(1)
        return (found == labels).float().mean().item()


def _note(what, accuracy):
    print(f"{what} accuracy {accuracy:.3f}", file=sys.stderr)


def _step(what, network, batch, features, classes):
    """Seconds of a step on noise, of which there are some batches."""
    batches = []
    for _ in range(BATCHES):
        labels = torch.randint(classes, (batch,))
        batches.append((torch.rand(batch, features) * 2 - 1, labels))
    cycle = itertools.cycle([(rows, network.targets(labels)) for rows, labels in batches])
    timing = measure.steps(lambda: network.train(*next(cycle)))
    _note(f"{what}, training", network.accuracy(*batches[0]))
    return timing


def steps(report):
    torch.manual_seed(1)
    for name, optimizer, rate in [
        ("sgd", torch.optim.SGD, 0.01),
        ("adam", torch.optim.Adam, 0.0001),
    ]:
        what = f"step 784-512-200-10 {name}"
        timing = _step(what, Network([784, 512, 200, 10], optimizer, rate), 64, 784, 10)
        report.print(what, timing, lambda seconds: 64 / seconds, "samples/s")
    what = "step 34-34-1 sgd"
    timing = _step(what, Network([34, 34, 1], torch.optim.SGD, 0.01), BATCH, 34, 2)
    report.print(what, timing, lambda seconds: seconds * 1e6, "us/step")


def ionosphere(path):
    """Whole epochs as a user would train them; how long that takes is seen from outside."""
    torch.manual_seed(1)
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    features = torch.tensor([[float(number) for number in row[:-1]] for row in rows])
    labels = torch.tensor([int(row[-1] == "g") for row in rows])
    network = Network([34, 34, 1], torch.optim.SGD, 0.1)
    for _ in range(EPOCHS):
        for picked in torch.randperm(TRAIN).split(BATCH):
            network.train(features[picked], network.targets(labels[picked]))
    _note("process ionosphere, validation", network.accuracy(features[TRAIN:], labels[TRAIN:]))
