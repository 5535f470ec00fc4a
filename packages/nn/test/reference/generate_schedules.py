"""Writes schedules.json: PyTorch's learning rates, and momentums where they are cycled, in double precision.

    python3 generate_schedules.py

Made with Debian's python3-torch 1.13.
"""
import json, math, warnings
from pathlib import Path

import torch
from torch.optim import lr_scheduler

warnings.simplefilter("ignore")
STEPS = 24
FUNCTIONS = {"inverse": lambda step: 1 / (1 + step), "halves": lambda step: 0.5 if step % 5 == 0 else 1.0}
METRICS = {
    "falls": [round(1 / (1 + k // 4), 6) for k in range(STEPS)],
    "turns": [round(math.cos(k / 4), 6) for k in range(STEPS)],
    "spoilt": [math.nan, 3.0, 2.0, math.inf, *[2.0] * (STEPS - 4)],
}


def cases():
    yield "LambdaLR", {"lr_lambda": "inverse"}
    yield "MultiplicativeLR", {"lr_lambda": "halves"}
    yield "StepLR", {"step_size": 4}
    yield "StepLR", {"step_size": 1, "gamma": 0.7}
    yield "MultiStepLR", {"milestones": [9, 3, 3], "gamma": 0.5}
    yield "MultiStepLR", {"milestones": [0, 20]}
    yield "ConstantLR", {}
    yield "ConstantLR", {"factor": 0.25, "total_iters": 1}
    yield "LinearLR", {}
    yield "LinearLR", {"start_factor": 0.9, "end_factor": 0.1, "total_iters": 30}
    yield "ExponentialLR", {"gamma": 0.8}
    yield "PolynomialLR", {}
    yield "PolynomialLR", {"total_iters": 20, "power": 0.5}
    yield "CosineAnnealingLR", {"T_max": 1}
    yield "CosineAnnealingLR", {"T_max": 7, "eta_min": 0.01}
    yield "CosineAnnealingWarmRestarts", {"T_0": 5}
    yield "CosineAnnealingWarmRestarts", {"T_0": 2, "T_mult": 3, "eta_min": 0.02}
    for mode in ("triangular", "triangular2", "exp_range"):
        yield "CyclicLR", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 3, "step_size_down": 4, "mode": mode, "gamma": 0.9}
    yield "CyclicLR", {"base_lr": 0.0, "max_lr": 1.0, "step_size_up": 5, "base_momentum": 0.5, "max_momentum": 0.6}
    yield "CyclicLR", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 3, "scale_fn": "inverse"}
    yield "CyclicLR", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 3, "scale_fn": "inverse", "scale_mode": "iterations"}
    for strategy in ("cos", "linear"):
        for three_phase in (False, True):
            yield "OneCycleLR", {"max_lr": 0.5, "total_steps": 27, "anneal_strategy": strategy, "three_phase": three_phase}
    yield "OneCycleLR", {"max_lr": 0.5, "total_steps": 30, "pct_start": 0.0, "div_factor": 4.0, "final_div_factor": 2.0}
    yield "OneCycleLR", {"max_lr": 0.5, "total_steps": 25, "pct_start": 1.0, "base_momentum": 0.7, "max_momentum": 0.8}
    for metric in METRICS:
        for mode in ("min", "max"):
            yield "ReduceLROnPlateau", {"metric": metric, "mode": mode, "factor": 0.5, "patience": 1}
    yield "ReduceLROnPlateau", {"metric": "falls", "threshold_mode": "abs", "threshold": 0.2, "patience": 0, "cooldown": 2, "min_lr": 0.02}
    yield "ReduceLROnPlateau", {"metric": "turns", "mode": "max", "threshold_mode": "abs", "patience": 3, "factor": 0.9, "eps": 0.009}
    yield "ChainedScheduler", {"schedulers": [["ConstantLR", {"total_iters": 3}], ["ExponentialLR", {"gamma": 0.9}]]}
    yield "SequentialLR", {
        "schedulers": [["LinearLR", {}], ["CosineAnnealingLR", {"T_max": 10, "eta_min": 0.01}], ["ExponentialLR", {"gamma": 0.9}]],
        "milestones": [5, 15],
    }


def schedule(optimizer, name, options):
    parts = [schedule(optimizer, *part) for part in options.get("schedulers", [])]
    others = {k: FUNCTIONS.get(v, v) if isinstance(v, str) else v for k, v in options.items() if k not in ("schedulers", "metric")}
    make = getattr(lr_scheduler, name)
    return make(parts) if name == "ChainedScheduler" else make(optimizer, *([parts] if parts else []), **others)


def trajectories():
    cycle = ["CyclicLR", {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 3, "base_momentum": 0.5, "max_momentum": 0.9}]
    one_cycle = ["OneCycleLR", {"max_lr": 0.2, "total_steps": STEPS}]
    yield "SGD", {"momentum": 0.5}, cycle
    yield "SGD", {"momentum": 0.5, "nesterov": True}, one_cycle
    yield "Adam", {}, one_cycle
    yield "AdamW", {"amsgrad": True}, one_cycle


def trajectory(name, options, scheduled):
    x = torch.tensor([1.0, -2.0, 0.3], dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, name)([x], lr=0.1, **options)
    at = schedule(optimizer, *scheduled)
    after = []
    for k in range(STEPS - 1):
        optimizer.zero_grad()
        (x**2 + torch.cos(2 * x)).sum().backward()
        optimizer.step()
        at.step()
        after.append(x.tolist())
    return {"name": name, "options": options, "schedule": scheduled, "x": after[-1], "halfway": after[11]}


def stored(x):
    return x if math.isfinite(x) else str(x)


def run(name, options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.5)
    at = schedule(optimizer, name, options)
    group = optimizer.param_groups[0]
    rates, momentums = [group["lr"]], [group["momentum"]]
    for k in range(STEPS):
        optimizer.step()
        at.step(*([METRICS[options["metric"]][k]] if "metric" in options else []))
        rates.append(group["lr"])
        momentums.append(group["momentum"])
    cycled = {"momentums": momentums} if name in ("CyclicLR", "OneCycleLR") else {}
    return {"name": name, "options": options, "rates": rates, **cycled}


found = {"metrics": {name: [stored(x) for x in metric] for name, metric in METRICS.items()}, "cases": [run(*case) for case in cases()]}
found["trajectories"] = [trajectory(*case) for case in trajectories()]
text = json.dumps(found).replace('{"name"', '\n{"name"')
Path(__file__).with_name("schedules.json").write_text(text + "\n")
