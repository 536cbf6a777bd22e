"""Matrix products of row-major floats."""

import measure
import torch

# rows, depth, columns; how the operands are stored: T is transposed
SHAPES = [
    (64, 784, 512, "NN"),
    (64, 512, 200, "NN"),
    (64, 200, 512, "NT"),
    (784, 64, 512, "TN"),
    (512, 512, 512, "NN"),
    (1024, 1024, 1024, "NN"),
    (2048, 2048, 2048, "NN"),
]


def _operand(rows, columns, stored):
    """Numbers from -1 to 1."""
    if stored == "T":
        return (torch.rand(columns, rows) * 2 - 1).t()
    return torch.rand(rows, columns) * 2 - 1


def products(report):
    torch.manual_seed(1)
    for rows, depth, columns, form in SHAPES:
        first = _operand(rows, depth, form[0])
        second = _operand(depth, columns, form[1])
        result = torch.empty(rows, columns)
        timing = measure.calls(lambda: torch.mm(first, second, out=result))
        suffix = "" if form == "NN" else " " + form
        report.print(
            f"product {rows}x{depth}x{columns}{suffix}",
            timing,
            lambda seconds: 2e-9 * rows * depth * columns / seconds,
            "GFLOP/s",
        )
