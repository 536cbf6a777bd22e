"""The system's PyTorch. Arguments: how many threads, and products, steps, or ionosphere and a file."""

import sys

UNAVAILABLE = 69

try:
    import torch
except ImportError as error:
    print(f"pytorch: skipped: {error}", file=sys.stderr)
    sys.exit(UNAVAILABLE)

import measure
import products
import training


def main(threads, what, *path):
    torch.set_num_threads(int(threads))
    torch.set_num_interop_threads(1)
    report = measure.Report("pytorch", int(threads))
    if what == "products":
        products.products(report)
    elif what == "steps":
        training.steps(report)
    else:
        training.ionosphere(*path)


main(*sys.argv[1:])
