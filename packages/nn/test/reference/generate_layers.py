"""Writes layers.json, reference answers of attention, normalisation and embedding, with PyTorch 1.13 in float64. Run with no arguments.

Options and the names of tensors and masks are PyTorch's. What goes in is rounded, so that the file stays small.
"""

import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(30)


def pack(tensor):
    if tensor is None:
        return None
    data = tensor.detach().flatten().tolist()
    data = [str(x).replace("inf", "Infinity") if abs(x) == float("inf") else x for x in data] if tensor.is_floating_point() else [int(x) for x in data]
    return {"shape": list(tensor.shape), "dtype": str(tensor.dtype)[6:], "data": data}


def drawn(*shape):
    return torch.randn(shape).round(decimals=2)


def flat(result):
    results = result if isinstance(result, tuple) else (result,)
    return [each for each in results if each is not None]


def case(name, options, *inputs, train=True, **call):
    layer = getattr(nn, name)(**options).train(train)
    with torch.no_grad():
        for key, tensor in layer.state_dict().items():
            if tensor.is_floating_point():
                tensor.copy_(drawn(*tensor.shape) * 0.5)
                if "var" in key:
                    tensor.copy_(tensor.abs() + 0.5)
    state = {key: pack(value) for key, value in layer.state_dict().items()}
    leaves = [x.requires_grad_() for x in inputs if x.is_floating_point()]
    outputs = flat(layer(*inputs, **call))
    cotangents = [drawn(*output.shape) for output in outputs]
    learnt = dict(layer.named_parameters())
    grads = torch.autograd.grad(outputs, leaves + list(learnt.values()), cotangents, allow_unused=True)
    return {
        "name": name,
        "options": options,
        "train": train,
        "state": state,
        "inputs": [pack(x) for x in inputs],
        "call": {key: pack(value) if isinstance(value, torch.Tensor) else value for key, value in call.items()},
        "outputs": [pack(x) for x in outputs],
        "cotangents": [pack(x) for x in cotangents],
        "inputGrads": [pack(grad) for grad in grads[: len(leaves)]],
        "grads": {key: pack(grad) for key, grad in zip(learnt, grads[len(leaves) :])},
        "after": {key: pack(value) for key, value in layer.state_dict().items() if key not in learnt or "max_norm" in options},
    }


def attention():
    name, basic = "MultiheadAttention", {"embed_dim": 4, "num_heads": 2, "batch_first": True}

    def three(batch=2, queries=3, keys=4, features=(4, 4, 4)):
        return [drawn(batch, length, width) for length, width in zip((queries, keys, keys), features)]

    hidden = torch.tensor([[0, 1, 0, 1], [0, 0, 0, 1], [1, 0, 1, 0]], dtype=torch.bool)
    padding = torch.tensor([[0, 0, 0, 1], [0, 0, 1, 1]], dtype=torch.bool)
    added = drawn(3, 4)
    yield case(name, basic, *three())
    yield case(name, {**basic, "bias": False}, *three(), average_attn_weights=False)
    yield case(name, {**basic, "batch_first": False}, drawn(3, 2, 4), drawn(4, 2, 4), drawn(4, 2, 4), key_padding_mask=padding)
    yield case(name, basic, *three(), attn_mask=hidden)
    yield case(name, basic, *three(), attn_mask=added, key_padding_mask=padding)
    yield case(name, basic, *three(), attn_mask=torch.where(hidden, float("-inf"), added), need_weights=False)
    yield case(name, basic, *three(), attn_mask=hidden.repeat(4, 1, 1).roll(1, 2), key_padding_mask=padding & False)
    yield case(name, {**basic, "add_bias_kv": True}, *three(), attn_mask=hidden, key_padding_mask=padding)
    yield case(name, {**basic, "add_zero_attn": True, "add_bias_kv": True}, *three(), attn_mask=added, key_padding_mask=padding)
    yield case(name, {**basic, "kdim": 3, "vdim": 2}, *three(features=(4, 3, 2)), attn_mask=hidden)
    yield case(name, {**basic, "vdim": 3, "add_zero_attn": True}, *three(features=(4, 4, 3)), key_padding_mask=padding)
    yield case(name, basic, drawn(3, 4), drawn(4, 4), drawn(4, 4), attn_mask=hidden, average_attn_weights=False)
    square = nn.Transformer.generate_square_subsequent_mask(3)
    layered = {"d_model": 4, "nhead": 2, "dim_feedforward": 3, "dropout": 0.0, "batch_first": True}
    memory, ends = drawn(2, 4, 4), torch.tensor([[0, 0, 0], [0, 0, 1]], dtype=torch.bool)
    yield case("TransformerEncoderLayer", layered, drawn(2, 3, 4), src_mask=square, src_key_padding_mask=ends)
    yield case("TransformerEncoderLayer", {**layered, "norm_first": True, "activation": "gelu"}, drawn(2, 3, 4), src_mask=square)
    masks = {"tgt_mask": square, "memory_mask": hidden, "tgt_key_padding_mask": ends}
    yield case("TransformerDecoderLayer", {**layered, "norm_first": True}, drawn(2, 3, 4), memory, **masks)
    padded = {"tgt_mask": square, "memory_key_padding_mask": padding}
    yield case("TransformerDecoderLayer", {**layered, "layer_norm_eps": 0.1}, drawn(2, 3, 4), memory, **padded)
    stacked = {**layered, "num_encoder_layers": 2, "num_decoder_layers": 1}
    yield case("Transformer", stacked, memory, drawn(2, 3, 4), **padded, src_key_padding_mask=padding)


def normalization():
    for train in (True, False):
        yield case("BatchNorm3d", {"num_features": 2, "momentum": 0.3}, drawn(2, 2, 2, 1, 2), train=train)
        yield case("BatchNorm1d", {"num_features": 3, "track_running_stats": False}, drawn(4, 3), train=train)
        tracked = {"num_features": 2, "affine": True, "track_running_stats": True}
        yield case("InstanceNorm2d", tracked, drawn(3, 2, 2, 2), train=train)
    yield case("InstanceNorm1d", {"num_features": 2}, drawn(2, 4))
    yield case("InstanceNorm3d", {"num_features": 2, "affine": True, "eps": 0.1}, drawn(2, 2, 2, 1, 2))
    yield case("GroupNorm", {"num_groups": 2, "num_channels": 4}, drawn(2, 4, 3))
    yield case("GroupNorm", {"num_groups": 4, "num_channels": 4, "affine": False, "eps": 0.1}, drawn(2, 4, 3))
    yield case("LocalResponseNorm", {"size": 2, "alpha": 0.1, "beta": 0.6, "k": 1.5}, drawn(2, 4, 2))


def tables():
    index = torch.tensor([[1, 3, 3], [0, 1, 4]])
    for options in ({"padding_idx": -2}, {"scale_grad_by_freq": True}, {"max_norm": 0.7}, {"max_norm": 0.7, "norm_type": 1.0}):
        yield case("Embedding", {"num_embeddings": 5, "embedding_dim": 2, **options}, index)
    bags = {"num_embeddings": 5, "embedding_dim": 2}
    yield case("EmbeddingBag", {**bags, "padding_idx": 3, "max_norm": 0.7}, index)
    yield case("EmbeddingBag", {**bags, "mode": "max"}, index.flatten(), offsets=torch.tensor([0, 2, 2]))
    ends = {"offsets": torch.tensor([0, 4, 6]), "per_sample_weights": drawn(6)}
    yield case("EmbeddingBag", {**bags, "mode": "sum", "include_last_offset": True}, index.flatten(), **ends)
    yield case("Bilinear", {"in1_features": 2, "in2_features": 3, "out_features": 2}, drawn(2, 2), drawn(2, 3))
    yield case("PReLU", {"num_parameters": 2}, drawn(2, 2, 3))
    yield case("PReLU", {}, drawn(4))


lines = ",\n".join(json.dumps(each) for family in (attention, normalization, tables) for each in family())
Path(__file__).with_name("layers.json").write_text(f"[\n{lines}\n]\n")
