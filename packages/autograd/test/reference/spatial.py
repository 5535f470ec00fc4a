"""Writes spatial.json: operations on small images with their gradients, as PyTorch computes them in double precision.

Run with Python 3 and PyTorch 1.13. Inputs are multiples of 1/8, so that they are exact in text. A case holds the operation, its tensors, the
arguments behind them, PyTorch's results, a cotangent of the first of them and the gradients (null for indices).
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(20)


def draw(*shape):
    return (torch.randint(-16, 17, shape, dtype=torch.float64) / 8).requires_grad_()


def distinct(*shape):
    """Without ties, where PyTorch and others may part ways."""
    size = torch.Size(shape).numel()
    return (torch.randperm(size).reshape(shape).double() / 8 - size // 16).requires_grad_()


def plain(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().reshape(-1).tolist()}


cases = []


def record(operation, inputs, arguments, result):
    outputs = [result] if isinstance(result, torch.Tensor) else list(result)
    cotangent = torch.randint(-8, 9, outputs[0].shape, dtype=torch.float64) / 4
    reals = [x for x in inputs if x.requires_grad]
    found = iter(torch.autograd.grad(outputs[0], reals, cotangent, allow_unused=True))
    gradients = [next(found) if x.requires_grad else None for x in inputs]
    cases.append({
        "operation": operation,
        "arguments": arguments,
        "inputs": [plain(x) for x in inputs],
        "outputs": [plain(x) for x in outputs],
        "cotangent": plain(cotangent),
        "gradients": [None if g is None else plain(g) for g in gradients],
    })


for axes, convolve, shapes, options in [
    (2, F.conv2d, ((2, 3, 5, 6), (4, 3, 2, 3), (4,)), {}),
    (2, F.conv2d, ((1, 1, 4, 4), (1, 1, 4, 4), (1,)), {}),
    (2, F.conv2d, ((1, 2, 6, 5), (2, 2, 3, 2), (2,)), {"stride": [2, 1], "padding": [1, 2]}),
    (2, F.conv2d, ((1, 2, 7, 7), (2, 2, 2, 3), (2,)), {"dilation": [3, 2], "stride": 2, "padding": 1}),
    (2, F.conv2d, ((2, 4, 4, 4), (6, 2, 3, 3), (6,)), {"groups": 2, "padding": 1}),
    (2, F.conv2d, ((1, 3, 4, 5), (3, 1, 2, 2), (3,)), {"groups": 3, "stride": 3}),
    (2, F.conv2d, ((1, 2, 4, 5), (2, 2, 2, 4), (2,)), {"padding": "same", "dilation": [1, 2]}),
    (1, F.conv1d, ((2, 2, 7), (3, 2, 3), (3,)), {"stride": 2, "padding": 1}),
    (1, F.conv1d, ((2, 5), (4, 1, 2), (4,)), {"groups": 2, "padding": "valid"}),
    (3, F.conv3d, ((1, 2, 3, 4, 3), (2, 2, 2, 3, 1), (2,)), {"stride": [1, 2, 1], "padding": [0, 1, 2]}),
]:
    inputs = [draw(*shape) for shape in shapes]
    record(f"conv{axes}d", inputs, [options], convolve(*inputs, **options))

for axes, convolve, shapes, options in [
    (1, F.conv_transpose1d, ((2, 2, 4), (2, 3, 3), (3,)), {"stride": 2, "padding": 1, "outputPadding": 1}),
    (2, F.conv_transpose2d, ((1, 2, 3, 2), (2, 1, 2, 3), (2,)), {"groups": 2, "stride": [3, 1], "dilation": [1, 2]}),
    (2, F.conv_transpose2d, ((2, 3, 3), (2, 2, 3, 2), (2,)), {"dilation": 3, "outputPadding": [2, 1], "padding": [1, 2]}),
    (3, F.conv_transpose3d, ((1, 2, 2, 1, 3), (2, 1, 2, 2, 2), (1,)), {"stride": [1, 2, 2], "padding": [0, 0, 1]}),
]:
    inputs = [draw(*shape) for shape in shapes]
    named = {{"outputPadding": "output_padding"}.get(k, k): v for k, v in options.items()}
    record(f"convTranspose{axes}d", inputs, [options], convolve(*inputs, **named))

pool_names = {
    "ceilMode": "ceil_mode",
    "countIncludePad": "count_include_pad",
    "divisorOverride": "divisor_override",
}
for shape, size, options in [
    ((2, 2, 4, 6), 2, {}),
    ((1, 1, 5, 5), [3, 2], {"stride": [1, 2]}),
    ((1, 2, 4, 4), 3, {"stride": 2, "padding": 1}),
    ((1, 5, 6), [3, 2], {"stride": [3, 4], "padding": 1, "ceilMode": True}),
    ((2, 2, 5), 2, {"ceilMode": True}),
    ((1, 1, 3, 4, 3), [2, 3, 1], {"padding": [1, 1, 0], "ceilMode": True}),
]:
    axes = len(shape) - 1 if len(shape) < 4 and size != 2 else len(shape) - 2
    named = {pool_names.get(k, k): v for k, v in options.items()}
    x = distinct(*shape)
    record(f"maxPool{axes}dWithIndices", [x], [size, options],
           getattr(F, f"max_pool{axes}d")(x, size, return_indices=True, **named))
    for extra in [{}, {"countIncludePad": False}, *([{"divisorOverride": 3}] if axes > 1 else [])]:
        more = {pool_names[k]: v for k, v in extra.items()}
        record(f"avgPool{axes}d", [x], [size, {**options, **extra}],
               getattr(F, f"avg_pool{axes}d")(x, size, **named, **more))
x = distinct(1, 1, 7, 7)
record("maxPool2dWithIndices", [x], [2, {"stride": 1, "dilation": [2, 3], "padding": 1}],
       F.max_pool2d(x, 2, 1, 1, [2, 3], return_indices=True))

for shape, target in [((2, 7), 3), ((1, 2, 5, 4), [3, None]), ((1, 1, 3, 4, 2), [2, 3, 4])]:
    axes = 1 if len(shape) == 2 else len(shape) - 2
    x = distinct(*shape)
    record(f"adaptiveAvgPool{axes}d", [x], [target], getattr(F, f"adaptive_avg_pool{axes}d")(x, target))
    record(f"adaptiveMaxPool{axes}dWithIndices", [x], [target],
           getattr(F, f"adaptive_max_pool{axes}d")(x, target, return_indices=True))

x = (distinct(1, 2, 5).detach().abs() + 0.5).requires_grad_()
record("lpPool1d", [x], [3, 2, {"ceilMode": True}], F.lp_pool1d(x, 3, 2, ceil_mode=True))
x = draw(1, 1, 4, 5)
record("lpPool2d", [x], [2, [2, 3], {"stride": 1}], F.lp_pool2d(x, 2, [2, 3], stride=1))

for shape, size, arguments in [
    ((1, 2, 6), 2, {}), ((1, 1, 4, 5), 2, {"outputSize": [4, 5]}), ((1, 2, 4, 2), [2, 2, 1], {"outputSize": [2, 4, 2]}),
]:
    axes = 3 if isinstance(size, list) else len(shape) - 2
    pooled, indices = getattr(F, f"max_pool{axes}d")(distinct(*shape), size, return_indices=True)
    pooled = pooled.detach().requires_grad_()
    named = {"output_size": arguments["outputSize"]} if arguments else {}
    record(f"maxUnpool{axes}d", [pooled, indices], [size, arguments],
           getattr(F, f"max_unpool{axes}d")(pooled, indices, size, **named))

for ours, mode in [("reflectionPad", "reflect"), ("replicationPad", "replicate"), ("circularPad", "circular")]:
    for shape, widths in [((1, 2, 4), [2, 3]), ((1, 1, 3, 4), [1, 2, 2, 0]), ((1, 1, 4, 3), [-1, 1, 1, -2])]:
        x = draw(*shape)
        pairs = [[0, 0]] * (len(shape) - len(widths) // 2)
        pairs += [widths[k:k + 2] for k in range(len(widths) - 2, -1, -2)]
        record(ours, [x], [pairs], F.pad(x, widths, mode))

interpolate_names = {
    "scaleFactor": "scale_factor",
    "alignCorners": "align_corners",
    "recomputeScaleFactor": "recompute_scale_factor",
}
for shape, options in [
    ((1, 2, 5), {"scaleFactor": 1.7}),
    ((1, 1, 4, 3), {"size": [7, 2], "mode": "nearest-exact"}),
    ((1, 1, 2, 2, 3), {"size": 3, "mode": "nearest"}),
    ((1, 1, 5, 3), {"size": [3, 4], "mode": "area"}),
    ((1, 2, 4), {"size": 7, "mode": "linear"}),
    ((1, 2, 4), {"size": 7, "mode": "linear", "alignCorners": True}),
    ((1, 1, 4, 3), {"scaleFactor": [0.6, 1.9], "mode": "bilinear"}),
    ((1, 1, 4, 3), {"scaleFactor": [0.6, 1.9], "mode": "bilinear", "recomputeScaleFactor": True}),
    ((1, 1, 3, 4), {"size": [5, 2], "mode": "bicubic"}),
    ((1, 1, 3, 4), {"size": [5, 1], "mode": "bicubic", "alignCorners": True}),
    ((1, 1, 2, 3, 2), {"size": [3, 2, 4], "mode": "trilinear"}),
]:
    x = draw(*shape)
    named = {interpolate_names.get(k, k): v for k, v in options.items()}
    record("interpolate", [x], [options], F.interpolate(x, **named))

for mode in ["bilinear", "nearest", "bicubic"]:
    for padding in ["zeros", "border", "reflection"]:
        for align in [False, True]:
            x = draw(1, 2, 3, 4)
            # Off the halves and whole positions, where the gradient jumps.
            grid = (torch.randint(-20, 21, (1, 3, 2, 2), dtype=torch.float64) / 16 + 0.015625).requires_grad_()
            options = {"mode": mode, "paddingMode": padding, "alignCorners": align}
            record("gridSample", [x, grid], [options], F.grid_sample(x, grid, mode, padding, align))
for mode, padding in [("bilinear", "zeros"), ("bilinear", "reflection"), ("nearest", "border")]:
    x = draw(1, 1, 3, 2, 4)
    grid = (torch.randint(-20, 21, (1, 2, 1, 3, 3), dtype=torch.float64) / 16 + 0.015625).requires_grad_()
    record("gridSample", [x, grid], [{"mode": mode, "paddingMode": padding}],
           F.grid_sample(x, grid, mode, padding, False))

for shape, size in [((2, 2, 3), [2, 1, 3, 2]), ((1, 3, 4), [1, 1, 2, 1, 3])]:
    for align in [False, True]:
        theta = draw(*shape)
        record("affineGrid", [theta], [size, {"alignCorners": align}], F.affine_grid(theta, size, align))

for shape, kernel, options in [
    ((1, 2, 4, 5), [2, 3], {}), ((2, 5, 4), 2, {"dilation": [2, 1], "padding": [1, 0], "stride": [2, 3]}),
]:
    x = draw(*shape)
    record("im2col", [x], [kernel, options], F.unfold(x, kernel, **options))
    columns = draw(*F.unfold(x, kernel, **options).shape)
    record("col2im", [columns], [shape[-2:], kernel, options], F.fold(columns, shape[-2:], kernel, **options))

for shape, size in [((1, 5, 2), 3), ((2, 3, 2, 1), 2)]:
    x = draw(*shape)
    record("localResponseNorm", [x], [size, {"alpha": 0.5, "beta": 0.625, "k": 1.5}],
           F.local_response_norm(x, size, 0.5, 0.625, 1.5))

text = ",\n".join(json.dumps(case) for case in cases)
Path(__file__).with_name("spatial.json").write_text(f"[\n{text}\n]\n")
