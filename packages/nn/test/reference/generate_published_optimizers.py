"""Writes published-optimizers.json: optimizers that PyTorch 1.13 does not have, as their papers' pseudocode says, in float64."""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)


def lion(ws, gs, state, lr=1e-4, b1=0.9, b2=0.99, wd=0.0):
    for k, (w, g) in enumerate(zip(ws, gs)):
        m = state.get(k, torch.zeros_like(w))
        update = torch.sign(b1 * m + (1 - b1) * g)
        w -= lr * (update + wd * w)
        state[k] = b2 * m + (1 - b2) * g


def lamb(ws, gs, state, lr=1e-3, b1=0.9, b2=0.999, eps=1e-6, wd=0.0):
    state["t"] = t = state.get("t", 0) + 1
    for k, (w, g) in enumerate(zip(ws, gs)):
        m, v = state.get(k, (torch.zeros_like(w), torch.zeros_like(w)))
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        state[k] = (m, v)
        r = (m / (1 - b1**t)) / (torch.sqrt(v / (1 - b2**t)) + eps) + wd * w
        w -= lr * (w.norm() / r.norm()) * r


def lars(ws, gs, state, lr, momentum=0.9, wd=0.0, trust=0.001, eps=0.0):
    for k, (w, g) in enumerate(zip(ws, gs)):
        local = trust * w.norm() / (g.norm() + wd * w.norm() + eps)
        state[k] = momentum * state.get(k, torch.zeros_like(w)) + lr * local * (g + wd * w)
        w -= state[k]


def muon(ws, gs, state, lr=1e-3, wd=0.1, momentum=0.95, nesterov=True):
    a, b, c = 3.4445, -4.7750, 2.0315
    for k, (w, g) in enumerate(zip(ws, gs)):
        state[k] = torch.lerp(state.get(k, torch.zeros_like(w)), g, 1 - momentum)
        update = torch.lerp(g, state[k], momentum) if nesterov else state[k]
        rows = update.shape[0]
        X = update.reshape(rows, -1)
        columns = X.shape[1]
        X = X / X.norm()
        for _ in range(5):
            # The same on singular values, whichever side is longer.
            U, S, V = torch.linalg.svd(X, full_matrices=False)
            X = U @ torch.diag(a * S + b * S**3 + c * S**5) @ V
        w *= 1 - lr * wd
        w -= lr * max(1, rows / columns) ** 0.5 * X.reshape(w.shape)


def lookahead(ws, gs, state, lr=0.1, alpha=0.5, steps=5):
    slow = state.setdefault("slow", [w.clone() for w in ws])
    state["t"] = t = state.get("t", 0) + 1
    for w, g, s in zip(ws, gs, slow):
        w -= lr * g
        if t % steps == 0:
            s += alpha * (w - s)
            w.copy_(s)


def loss_of(ws, targets):
    return sum((0.5 * (w - t) ** 2 + 0.1 * torch.cos(3 * w)).sum() for w, t in zip(ws, targets))


def gradients(ws, targets):
    leaves = [w.clone().requires_grad_() for w in ws]
    return list(torch.autograd.grad(loss_of(leaves, targets), leaves))


def sam(ws, targets, lr=0.1, rho=0.05, adaptive=False):
    gs = gradients(ws, targets)
    scale = [w.abs() if adaptive else torch.ones_like(w) for w in ws]
    norm = torch.sqrt(sum(((s * g) ** 2).sum() for s, g in zip(scale, gs)))
    climbed = [w + rho * s * s * g / (norm + 1e-12) for w, s, g in zip(ws, scale, gs)]
    for w, g in zip(ws, gradients(climbed, targets)):
        w -= lr * g


CASES = [
    ("lion", lion, {"lr": 0.02}, {"learningRate": 0.02}),
    ("lion", lion, {"lr": 0.02, "b1": 0.8, "b2": 0.7, "wd": 0.3}, {"learningRate": 0.02, "betas": [0.8, 0.7], "weightDecay": 0.3}),
    ("lamb", lamb, {"lr": 0.05}, {"learningRate": 0.05}),
    (
        "lamb",
        lamb,
        {"lr": 0.05, "b1": 0.8, "b2": 0.9, "eps": 1e-3, "wd": 0.1},
        {"learningRate": 0.05, "betas": [0.8, 0.9], "eps": 1e-3, "weightDecay": 0.1},
    ),
    ("lars", lars, {"lr": 2}, {"learningRate": 2}),
    (
        "lars",
        lars,
        {"lr": 1, "momentum": 0.5, "wd": 0.1, "trust": 0.02, "eps": 0.1},
        {"learningRate": 1, "momentum": 0.5, "weightDecay": 0.1, "trustCoefficient": 0.02, "eps": 0.1},
    ),
    ("muon", muon, {"lr": 0.05}, {"learningRate": 0.05}),
    (
        "muon",
        muon,
        {"lr": 0.02, "wd": 0.3, "momentum": 0.8, "nesterov": False},
        {"learningRate": 0.02, "weightDecay": 0.3, "momentum": 0.8, "nesterov": False},
    ),
    ("lookahead", lookahead, {}, {}),
    ("lookahead", lookahead, {"alpha": 0.8, "steps": 3}, {"alpha": 0.8, "steps": 3}),
    ("sam", None, {}, {}),
    ("sam", None, {"rho": 0.3, "adaptive": True}, {"rho": 0.3, "adaptive": True}),
]


def pack(tensor):
    return {"shape": list(tensor.shape), "data": tensor.flatten().tolist()}


def trajectory(name, update, options, ours):
    shapes = [(2, 3), (4, 2), (2, 2, 2)]
    ws, targets = [torch.randn(s) for s in shapes], [torch.randn(s) for s in shapes]
    case = {"name": name, "options": ours, "start": [pack(w) for w in ws], "targets": [pack(t) for t in targets]}
    state, after = {}, {}
    for step in range(1, 21):
        if name == "sam":
            sam(ws, targets, **options)
        else:
            update(ws, gradients(ws, targets), state, **options)
        if step in (1, 5, 20):
            after[step] = [pack(w)["data"] for w in ws]
    return {**case, "after": after}


cases = [trajectory(*case) for case in CASES]
lines = ",\n".join(json.dumps(case) for case in cases)
(Path(__file__).parent / "published-optimizers.json").write_text(f"[\n{lines}\n]\n")
print(len(cases), "cases")
