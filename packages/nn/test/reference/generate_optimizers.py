"""Writes optimizers.json and sparse-adam.json: what PyTorch 1.13's optimizers do in float64, with every option. Run with no arguments."""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)

adaptive = [
    {"lr": 0.03},
    {"lr": 0.03, "betas": [0.8, 0.95], "eps": 1e-6, "weight_decay": 0.02},
]
amsgrad = [{"lr": 0.03, "amsgrad": True}, {"lr": 0.03, "amsgrad": True, "maximize": True, "weight_decay": 0.1}]
CASES = {
    "SGD": [
        {"lr": 0.05},
        {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01},
        {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        {"lr": 0.05, "momentum": 0.8, "dampening": 0.3},
        {"lr": 0.01, "momentum": 0.5, "maximize": True, "weight_decay": 0.1},
    ],
    "Adam": adaptive + amsgrad,
    "AdamW": adaptive + amsgrad + [{"lr": 0.03, "weight_decay": 0}],
    "RMSprop": [
        {"lr": 0.01},
        {"lr": 0.01, "centered": True},
        {"lr": 0.01, "momentum": 0.5, "alpha": 0.9, "eps": 1e-4},
        {"lr": 0.01, "centered": True, "momentum": 0.5, "weight_decay": 0.1, "maximize": True},
    ],
    "Adagrad": [
        {"lr": 0.1},
        {"lr": 0.1, "lr_decay": 0.05, "weight_decay": 0.02, "initial_accumulator_value": 0.3},
        {"lr": 0.1, "eps": 0.01, "maximize": True},
    ],
    "Adadelta": [{}, {"lr": 0.5, "rho": 0.8, "eps": 1e-4, "weight_decay": 0.05}, {"rho": 0.5, "maximize": True}],
    "Adamax": adaptive + [{"lr": 0.02, "maximize": True}],
    "NAdam": adaptive + [{"lr": 0.03, "momentum_decay": 0.05}],
    "RAdam": adaptive + [{"lr": 0.03, "betas": [0.9, 0.6]}],
    "Rprop": [{}, {"lr": 0.1, "etas": [0.3, 1.5], "step_sizes": [0.01, 0.2]}, {"lr": 0.02, "maximize": True}],
    "ASGD": [
        {"lr": 0.05},
        {"lr": 0.05, "lambd": 0.1, "alpha": 0.5, "t0": 3, "weight_decay": 0.01},
        {"lr": 0.01, "maximize": True},
    ],
    "LBFGS": [
        {"lr": 0.5, "max_iter": 3},
        {"max_iter": 4, "history_size": 2},
        {"max_iter": 9, "max_eval": 3},
        {"max_iter": 4, "tolerance_grad": 0.1},
        {"max_iter": 4, "tolerance_change": 0.1},
        {"lr": 0.8, "max_iter": 5, "line_search_fn": "strong_wolfe"},
        {"lr": 20, "max_iter": 3, "line_search_fn": "strong_wolfe"},
        {"lr": 0.01, "max_iter": 2, "line_search_fn": "strong_wolfe"},
    ],
}


# Rates and momenta change from step to step; y has options of its own.
PACED = [
    ("SGD", {"lr": 0.05, "momentum": 0.9, "dampening": 0.2}, {"lr": 0.02, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}, {"momentum": 0.5}),
    ("Adam", {"lr": 0.03}, {"lr": 0.1, "betas": [0.5, 0.9]}),
    ("AdamW", {"lr": 0.03, "amsgrad": True}, {"amsgrad": False, "weight_decay": 0}),
    ("RMSprop", {"lr": 0.01, "momentum": 0.5}, {"centered": True}),
    ("Adagrad", {"lr": 0.1}, {"eps": 0.1, "lr_decay": 0.2}),
    ("Adadelta", {}, {"rho": 0.7}),
    ("Adamax", {"lr": 0.02}, {"eps": 0.1}),
    ("NAdam", {"lr": 0.03}, {"momentum_decay": 0.1}),
    ("RAdam", {"lr": 0.03}, {"betas": [0.5, 0.7]}),
    ("Rprop", {}, {"etas": [0.4, 1.1]}),
    ("ASGD", {"lr": 0.05, "lambd": 0.1}, {"t0": 5}),
]


def pack(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def set_pace(group, step):
    """The learning rate and, where there is one, the momentum of a group; what they were at first is left for the first step."""
    if step == 1:
        return
    group["lr"] *= 1 + 0.1 * (-1) ** step
    if group.get("momentum", 0) > 0:
        group["momentum"] = 0.5 + 0.4 / step
    elif "betas" in group:
        group["betas"] = [0.5 + 0.4 / step, group["betas"][1]]


def trajectory(name, options, of_y=None):
    """Twenty steps; the parameters after the first three and the last, the loss before each."""
    B = torch.randn(3, 3)
    matrix, x, y = B @ B.T / 3 + 0.1 * torch.eye(3), torch.randn(3), torch.randn(2, 2)
    case = {"name": name, "options": options, "A": pack(matrix), "x0": pack(x), "y0": pack(y)}
    parameters = [x.requires_grad_(), y.requires_grad_()]
    if of_y is not None:
        case["ofY"] = of_y
        parameters = [{"params": [x]}, {"params": [y], **of_y}]
    optimizer = getattr(torch.optim, name)(parameters, **options)
    losses, after = [], {}

    def closure():
        optimizer.zero_grad()
        loss = 0.5 * x @ matrix @ x + (0.5 * torch.cos(y)).sum() + 0.1 * (y**4).sum() + 0.05 * x.sum() * y.sum()
        loss.backward()
        return loss

    for step in range(1, 21):
        if of_y is not None:
            for group in optimizer.param_groups:
                set_pace(group, step)
        losses.append(optimizer.step(closure).item())
        if step in (1, 2, 3, 20):
            after[step] = {"x": x.tolist(), "y": y.flatten().tolist()}
    return {**case, "losses": losses, "after": after}


cases = [trajectory(name, options) for name, all_options in CASES.items() for options in all_options]
cases += [trajectory(*case) for case in PACED]
lines = ",\n".join(json.dumps(case) for case in cases)
(Path(__file__).parent / "optimizers.json").write_text(f"[\n{lines}\n]\n")
print(len(cases), "cases")

# Of a table with six rows each step reads some, one of them twice.
ROWS = [[0, 2, 2], [5, 0, 1], [2, 3, 3], [1, 1, 0], [5, 4, 2], [0, 3, 3]]
sparse = []
for options in ({"lr": 0.1}, {"lr": 0.05, "betas": [0.8, 0.9], "eps": 1e-2, "maximize": True}):
    table = torch.randn(6, 2).requires_grad_()
    case = {"options": options, "table": pack(table), "rows": ROWS, "after": []}
    optimizer = torch.optim.SparseAdam([table], **options)
    for rows in ROWS:
        optimizer.zero_grad()
        read = torch.nn.functional.embedding(torch.tensor(rows), table, sparse=True)
        torch.sin(read).sum().backward()
        optimizer.step()
        case["after"].append(table.flatten().tolist())
    sparse.append(case)
lines = ",\n".join(json.dumps(case) for case in sparse)
(Path(__file__).parent / "sparse-adam.json").write_text(f"[\n{lines}\n]\n")
