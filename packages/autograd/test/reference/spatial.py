"""Writes spatial.json: convolutions and pooling of small images with their gradients, as PyTorch computes them in double precision.

Run with Python 3 and PyTorch 1.13. Inputs are multiples of 1/8, so that they are exact in text.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(20)


def draw(*shape):
    return (torch.randint(-16, 17, shape, dtype=torch.float64) / 8).requires_grad_()


def plain(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().reshape(-1).tolist()}


cases = []


def record(operation, inputs, options, output):
    cotangent = torch.randint(-8, 9, output.shape, dtype=torch.float64) / 4
    gradients = torch.autograd.grad(output, inputs, cotangent)
    cases.append({
        "operation": operation,
        "options": options,
        "inputs": [plain(x) for x in inputs],
        "output": plain(output),
        "cotangent": plain(cotangent),
        "gradients": [plain(g) for g in gradients],
    })


for shapes, options in [
    (((2, 3, 5, 6), (4, 3, 2, 3), (4,)), {}),
    (((1, 1, 4, 4), (1, 1, 4, 4), (1,)), {}),
    (((1, 2, 6, 5), (2, 2, 3, 2), (2,)), {"stride": [2, 1], "padding": [1, 2]}),
    (((1, 2, 7, 7), (2, 2, 2, 3), (2,)), {"dilation": [3, 2], "stride": 2, "padding": 1}),
    (((2, 4, 4, 4), (6, 2, 3, 3), (6,)), {"groups": 2, "padding": 1}),
    (((1, 3, 4, 5), (3, 1, 2, 2), (3,)), {"groups": 3, "stride": 3}),
]:
    x, w, b = (draw(*shape) for shape in shapes)
    record("conv2d", [x, w, b], options, F.conv2d(x, w, b, **options))

for shape, size, options in [
    ((2, 2, 4, 6), 2, {}),
    ((1, 1, 5, 5), [3, 2], {"stride": [1, 2]}),
    ((1, 2, 4, 4), 3, {"stride": 2, "padding": 1}),
]:
    # Distinct values: PyTorch and others may part ways at ties.
    x = (torch.randperm(torch.Size(shape).numel()).reshape(shape).double() / 8 - 3).requires_grad_()
    record("maxPool2d", [x], {"size": size, **options}, F.max_pool2d(x, size, **options))
    record("avgPool2d", [x], {"size": size, **options}, F.avg_pool2d(x, size, **options))
x = (torch.randperm(49).reshape(1, 1, 7, 7).double() / 8 - 3).requires_grad_()
record("maxPool2d", [x], {"size": 2, "stride": 1, "dilation": [2, 3], "padding": 1}, F.max_pool2d(x, 2, 1, 1, [2, 3]))

text = ",\n".join(json.dumps(case) for case in cases)
Path(__file__).with_name("spatial.json").write_text(f"[\n{text}\n]\n")
