"""Writes recurrent.json with PyTorch 1.13 in float64, sequences of several lengths through pack_padded_sequence. Run with no arguments."""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
torch.manual_seed(22)


def pack(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{x:.12g}") for x in tensor.detach().flatten().tolist()]}


def flat(result):
    return [result] if isinstance(result, torch.Tensor) else [tensor for part in result for tensor in flat(part)]


def case(name, options, x, state=(), lengths=None):
    layer = getattr(nn, name)(**options)
    # What the file says is what PyTorch is given.
    with torch.no_grad():
        for tensor in [x, *state, *layer.parameters()]:
            tensor.copy_(torch.tensor(pack(tensor)["data"]).reshape(tensor.shape))
    leaves = [tensor.requires_grad_() for tensor in (x, *state)]
    first = options.get("batch_first", False)
    given = x if lengths is None else pack_padded_sequence(x, lengths, first, enforce_sorted=False)
    output, last = layer(given, None if not state else state[0] if len(state) == 1 else tuple(state))
    if lengths is not None:
        output, _ = pad_packed_sequence(output, first, total_length=x.shape[1 if first else 0])
    outputs = [output, *flat(last)]
    weights = [torch.linspace(1, 2, out.numel()).reshape(out.shape) for out in outputs]
    total = sum((out * weight).sum() for out, weight in zip(outputs, weights))
    total.backward()
    return {
        "name": name,
        "options": options,
        "lengths": lengths,
        "parameters": {key: pack(parameter) for key, parameter in layer.named_parameters()},
        "inputs": [pack(leaf) for leaf in leaves],
        "outputs": [pack(out) for out in outputs],
        "inputGrads": [pack(leaf.grad) for leaf in leaves],
        "grads": {key: pack(parameter.grad) for key, parameter in layer.named_parameters()},
    }


def cases():
    size = {"input_size": 2, "hidden_size": 3}
    yield case("RNN", {**size, "nonlinearity": "relu", "num_layers": 2}, torch.randn(4, 2, 2))
    yield case("RNN", {**size, "bidirectional": True}, torch.randn(4, 3, 2), [torch.randn(2, 3, 3)], [2, 4, 1])
    yield case("LSTM", {**size, "proj_size": 2, "num_layers": 2, "bidirectional": True, "batch_first": True}, torch.randn(3, 4, 2), [torch.randn(4, 3, 2), torch.randn(4, 3, 3)], [1, 3, 2])
    yield case("LSTM", {**size, "bias": False}, torch.randn(3, 2), [torch.randn(1, 3), torch.randn(1, 3)])
    yield case("GRU", {**size, "num_layers": 2, "bidirectional": True}, torch.randn(5, 4, 2), [], [3, 1, 3, 4])
    yield case("GRU", {**size, "batch_first": True}, torch.randn(2, 3, 2), [torch.randn(1, 2, 3)])


lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases())
(Path(__file__).parent / "recurrent.json").write_text(f"[\n{lines}\n]\n")
