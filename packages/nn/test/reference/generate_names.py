"""Writes names.json with PyTorch 1.13: what it calls the parameters and buffers of layers, and their shapes. Run with no arguments."""

import json
from pathlib import Path

from torch import nn
from torch.nn.utils import parametrizations, spectral_norm, weight_norm

layers = {
    "BatchNorm1d": nn.BatchNorm1d(3),
    "BatchNorm2d": nn.BatchNorm2d(3, affine=False),
    "InstanceNorm1d": nn.InstanceNorm1d(3, affine=True, track_running_stats=True),
    "PReLU": nn.PReLU(),
    "LSTM": nn.LSTM(2, 3, num_layers=2, bidirectional=True, proj_size=2),
    "GRU": nn.GRU(2, 3, bidirectional=True),
    "RNN": nn.RNN(2, 3, num_layers=2, bias=False),
    "LSTMCell": nn.LSTMCell(2, 3),
    "GRUCell": nn.GRUCell(2, 3),
    "MultiheadAttention": nn.MultiheadAttention(4, 2),
    "MultiheadAttention of three": nn.MultiheadAttention(4, 2, kdim=3, vdim=5, add_bias_kv=True),
    "TransformerEncoder": nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6), 2, nn.LayerNorm(4)),
    "Transformer": nn.Transformer(4, 2, 1, 1, 6),
    "Sequential": nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3)), nn.PReLU()),
    "weight_norm": nn.Sequential(weight_norm(nn.Linear(2, 3))),
    "weight_norm of LSTM": weight_norm(nn.LSTM(2, 3), "weight_hh_l0"),
    "spectral_norm": nn.Sequential(spectral_norm(nn.Linear(2, 3))),
    "parametrizations.spectral_norm": nn.Sequential(parametrizations.spectral_norm(nn.Linear(2, 3))),
}

lines = ",\n".join(
    f"{json.dumps(name)}:{json.dumps({key: list(value.shape) for key, value in layer.state_dict().items()}, separators=(',', ':'))}"
    for name, layer in layers.items()
)
(Path(__file__).parent / "names.json").write_text(f"{{\n{lines}\n}}\n")
