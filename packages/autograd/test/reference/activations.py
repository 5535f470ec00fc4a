"""Writes activations.json: value, slope and second derivative of each activation on a grid, as PyTorch computes them in double precision.

Run with Python 3 and PyTorch 1.13. Parametric ones are taken at their initial parameter, whose own derivative is written too.
Each line of numbers belongs to the grid; null stands for NaN, strings for infinities.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
inf, nan = float("inf"), float("nan")

positive = [1e-300, 1e-8, 1e-3, 0.1, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.999, 3.0, 3.001, 4.2, 6.0, 6.5, 9.0, 12.3, 19.9, 30.0, 200.0, 800.0, inf]
grid = [-x for x in reversed(positive)] + [-0.0, 0.0] + positive + [nan]

functions = {
    "celu": F.celu,
    "elu": F.elu,
    "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "hardSigmoid": F.hardsigmoid,
    "hardSwish": F.hardswish,
    "hardshrink": F.hardshrink,
    "hardtanh": F.hardtanh,
    "leakyRelu": F.leaky_relu,
    "logSigmoid": F.logsigmoid,
    "mish": F.mish,
    "relu": F.relu,
    "relu6": F.relu6,
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "silu": F.silu,
    "softplus": F.softplus,
    "softshrink": F.softshrink,
    "softsign": F.softsign,
    "tanh": torch.tanh,
    "tanhshrink": F.tanhshrink,
    "threshold": lambda x: F.threshold(x, 0, 0),
}
parametric = {
    "prelu": (lambda x, slope: F.prelu(x, slope.expand(1)), 0.25),
    "swish": (lambda x, beta: x * torch.sigmoid(beta * x), 1.0),
}


def plain(tensor):
    return [None if v != v else "Infinity" if v == inf else "-Infinity" if v == -inf else v for v in tensor.tolist()]


def derivatives(f, x):
    """One element at a time: a NaN must not reach its neighbours."""
    y = f(x)
    (slope,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    if not slope.requires_grad:
        return y, slope, torch.zeros_like(x)
    try:
        (second,) = torch.autograd.grad(slope.sum(), x, allow_unused=True)
    except RuntimeError:  # PyTorch 1.13 differentiates the hard sigmoid, piecewise linear, once only
        second = None
    return y, slope, torch.zeros_like(x) if second is None else second


table = {"grid": plain(torch.tensor(grid, dtype=torch.float64)), "activations": {}}
for name, f in functions.items():
    x = torch.tensor(grid, dtype=torch.float64, requires_grad=True)
    value, slope, second = derivatives(f, x)
    table["activations"][name] = {"value": plain(value), "slope": plain(slope), "second": plain(second)}
for name, (f, start) in parametric.items():
    x = torch.tensor(grid, dtype=torch.float64, requires_grad=True)
    parameter = torch.full((len(grid),), start, dtype=torch.float64, requires_grad=True)
    columns = []
    for i in range(len(grid)):
        xi, pi = x[i : i + 1].detach().requires_grad_(), parameter[i : i + 1].detach().requires_grad_()
        value, slope, second = derivatives(lambda v: f(v, pi), xi)
        (own,) = torch.autograd.grad(f(xi, pi).sum(), pi)
        columns.append((value, slope, second, own))
    value, slope, second, own = (torch.cat(column) for column in zip(*columns))
    table["activations"][name] = {"value": plain(value), "slope": plain(slope), "second": plain(second), "parameter": plain(own)}

lines = ['{', f'"grid": {json.dumps(table["grid"])},', '"activations": {']
entries = [
    f'{json.dumps(name)}: {{\n' + ",\n".join(f'  {json.dumps(key)}: {json.dumps(numbers)}' for key, numbers in entry.items()) + "\n}"
    for name, entry in table["activations"].items()
]
lines += [",\n".join(entries), "}", "}"]
Path(__file__).with_name("activations.json").write_text("\n".join(lines) + "\n")
