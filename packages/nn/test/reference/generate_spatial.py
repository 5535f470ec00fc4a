"""Writes spatial.json with PyTorch 1.13 in float64: layers that know neighbours, over their options. Run with no arguments."""

import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(23)


def pack(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{x:.12g}") for x in tensor.detach().flatten().tolist()]}


def case(name, options, *shape):
    layer = getattr(nn, name)(**{key: tuple(value) if isinstance(value, list) else value for key, value in options.items()})
    x = torch.randn(shape)
    # What the file says is what PyTorch is given.
    with torch.no_grad():
        for tensor in [x, *layer.parameters()]:
            tensor.copy_(torch.tensor(pack(tensor)["data"]).reshape(tensor.shape))
    output = layer(x.requires_grad_())
    (output * torch.linspace(1, 2, output.numel()).reshape(output.shape)).sum().backward()
    return {
        "name": name,
        "options": options,
        "parameters": {key: pack(parameter) for key, parameter in layer.named_parameters()},
        "input": pack(x),
        "output": pack(output),
        "inputGrad": pack(x.grad),
        "grads": {key: pack(parameter.grad) for key, parameter in layer.named_parameters()},
    }


def cases():
    def conv(into, out, kernel, **more):
        return {"in_channels": into, "out_channels": out, "kernel_size": kernel, **more}

    yield case("Conv1d", conv(2, 2, 3, padding="same", padding_mode="reflect", dilation=2), 1, 2, 5)
    yield case("Conv1d", conv(2, 4, 2, padding="same", groups=2, padding_mode="circular"), 1, 2, 5)
    yield case("Conv2d", conv(2, 2, [3, 2], padding=[1, 2], stride=[2, 1], padding_mode="replicate", bias=False), 1, 2, 3, 3)
    yield case("Conv2d", conv(2, 2, [2, 4], padding="same", dilation=[1, 1]), 1, 2, 3, 4)
    yield case("Conv2d", conv(1, 2, 2, padding="valid", stride=2, padding_mode="circular"), 1, 1, 4, 3)
    yield case("Conv3d", conv(1, 2, [1, 2, 2], padding=1, stride=2), 1, 1, 2, 3, 2)
    yield case("ConvTranspose1d", conv(4, 2, 3, stride=3, padding=1, output_padding=2, groups=2), 1, 4, 3)
    yield case("ConvTranspose2d", conv(2, 4, [2, 3], stride=[2, 1], dilation=[1, 2], padding=[0, 1], groups=2), 1, 2, 2, 3)
    yield case("ConvTranspose3d", conv(1, 2, 2, stride=[1, 2, 1], output_padding=[0, 1, 0], bias=False), 1, 2, 1, 2)
    yield case("AvgPool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}, 1, 1, 4, 6)
    yield case("AvgPool2d", {"kernel_size": [2, 3], "padding": [1, 0], "count_include_pad": False}, 2, 3, 6)
    yield case("AvgPool3d", {"kernel_size": 2, "divisor_override": 3}, 1, 1, 2, 3, 4)
    yield case("MaxPool1d", {"kernel_size": 3, "stride": 2, "dilation": 2, "ceil_mode": True}, 1, 2, 8)
    yield case("MaxPool3d", {"kernel_size": 2, "padding": 1}, 1, 1, 2, 3, 3)
    yield case("LPPool2d", {"norm_type": 4, "kernel_size": 2, "stride": 1}, 1, 1, 3, 3)
    yield case("AdaptiveAvgPool2d", {"output_size": [2, None]}, 1, 1, 5, 2)
    yield case("AdaptiveMaxPool1d", {"output_size": 3}, 1, 2, 7)


lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases())
(Path(__file__).parent / "spatial.json").write_text(f"[\n{lines}\n]\n")
