"""Writes cases of layers, optimizers, schedules, clipping and gains with PyTorch's answers, in double precision.

    python3 generate-nn.py OUT.jsonl[.gz] [--seed N] [--only KIND,KIND] [--largest CHARACTERS]

Options and sizes are drawn anew for each seed; layers whose case takes more than the given number of characters are left out. Made with Debian's python3-torch 1.13.
"""
import argparse, gzip, itertools, json, math, random, warnings

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
warnings.simplefilter("ignore")
draw = random.Random()


def number(x):
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return x


def stored(tensor):
    if tensor is None:
        return None
    data = [number(x) for x in tensor.detach().reshape(-1).tolist()]
    return {"shape": list(tensor.shape), "dtype": str(tensor.dtype).removeprefix("torch."), "data": data}


def of(*choices):
    return draw.choice(choices)


def between(low, high, digits=4):
    return round(draw.uniform(low, high), digits)


def betas():
    return [between(0.6, 0.95), between(0.8, 0.999)]


OBJECTIVE = "0.5*x@A@x + sum(0.5*cos(y)) + 0.1*sum(y^4) + 0.05*sum(x)*sum(y)"


def objective(A, x, y):
    return 0.5 * x @ A @ x + torch.sum(0.5 * torch.cos(y)) + 0.1 * torch.sum(y**4) + 0.05 * x.sum() * y.sum()


def decay():
    return of(0, 0, 0.01, between(0.001, 0.1))


def optimizer_options():
    yield "SGD", {"lr": between(0.001, 0.1)}
    yield "SGD", {"lr": between(0.001, 0.1), "momentum": between(0.1, 0.95), "weight_decay": decay()}
    yield "SGD", {"lr": 0.05, "momentum": between(0.1, 0.95), "dampening": between(0.1, 0.9), "weight_decay": decay()}
    yield "SGD", {"lr": 0.03, "momentum": between(0.1, 0.95), "nesterov": True, "weight_decay": decay()}
    yield "SGD", {"lr": 0.03, "momentum": 0.9, "maximize": True, "weight_decay": 0.1}
    for name in ("Adam", "AdamW"):
        yield name, {"lr": between(0.001, 0.1), "betas": betas(), "weight_decay": decay()}
        yield name, {"lr": 0.02, "betas": betas(), "eps": of(1e-3, 1e-6, 1e-10), "amsgrad": True, "weight_decay": decay()}
        yield name, {"lr": 0.02, "maximize": True}
    for centered, momentum in itertools.product((False, True), (0, between(0.1, 0.9))):
        yield "RMSprop", {
            "lr": 0.02, "alpha": between(0.7, 0.99), "centered": centered, "momentum": momentum,
            "weight_decay": decay(), "eps": of(1e-8, 1e-4),
        }
    yield "Adagrad", {"lr": between(0.01, 0.5), "lr_decay": of(0, 0.05), "weight_decay": decay()}
    yield "Adagrad", {"lr": 0.1, "initial_accumulator_value": between(0, 1), "eps": of(1e-10, 1e-3)}
    yield "Adadelta", {"lr": between(0.3, 2), "rho": between(0.5, 0.99), "weight_decay": decay()}
    yield "Adamax", {"lr": between(0.002, 0.1), "betas": betas(), "weight_decay": decay(), "eps": of(1e-8, 1e-3)}
    yield "NAdam", {"lr": between(0.002, 0.1), "betas": betas(), "momentum_decay": of(4e-3, 0.02), "weight_decay": decay()}
    yield "RAdam", {"lr": between(0.002, 0.1), "betas": betas(), "weight_decay": decay(), "eps": of(1e-8, 1e-3)}
    yield "RAdam", {"lr": 0.02, "betas": [0.9, 0.999]}
    yield "Rprop", {"lr": between(0.002, 0.1), "etas": [between(0.3, 0.7), between(1.05, 1.5)], "step_sizes": [1e-6, 0.5]}
    yield "ASGD", {"lr": between(0.01, 0.1), "lambd": of(1e-4, 1e-2), "alpha": of(0.75, 0.5), "t0": of(3, 1e6), "weight_decay": decay()}
    yield "LBFGS", {"lr": between(0.3, 1), "max_iter": of(2, 4, 7), "history_size": of(2, 5)}
    yield "LBFGS", {"lr": between(0.3, 1), "max_iter": of(3, 6), "line_search_fn": "strong_wolfe"}
    yield "LBFGS", {"max_iter": 6, "max_eval": of(2, 4), "tolerance_grad": of(1e-7, 0.1), "tolerance_change": of(1e-9, 0.1)}
    for name in "Adam AdamW RMSprop Adagrad Adadelta Adamax NAdam RAdam Rprop ASGD".split():
        yield name, {}
        if name not in ("NAdam", "RAdam"):
            yield name, {"lr": 0.01, "maximize": True} | ({} if name == "Rprop" else {"weight_decay": decay()})


def optimizer_cases():
    for name, options in optimizer_options():
        n, shape = of(3, 4, 5), of((2, 3), (4,), (1, 2, 2))
        B = torch.randn(n, n)
        A = B @ B.T / n + 0.1 * torch.eye(n)
        x, y = torch.randn(n).requires_grad_(), torch.randn(shape).requires_grad_()
        case = {"kind": "optimizer", "name": name, "options": options, "objective": OBJECTIVE}
        case |= {"A": stored(A), "x0": stored(x), "y0": stored(y), "trajectory": []}
        optimizer = getattr(torch.optim, name)([x, y], **options)

        def closure():
            optimizer.zero_grad()
            loss = objective(A, x, y)
            loss.backward()
            return loss

        for _ in range(20):
            loss = optimizer.step(closure)
            case["trajectory"].append({"loss": loss.item(), "x": x.flatten().tolist(), "y": y.flatten().tolist()})
        # What grows without bound is no case: its digits tell nothing.
        if all(abs(value) < 1e6 for value in case["trajectory"][-1]["x"]):
            yield case


def schedule_options():
    yield "StepLR", {"step_size": of(2, 3, 5), "gamma": between(0.2, 0.9)}
    yield "MultiStepLR", {"milestones": sorted(draw.sample(range(1, 24), 4)), "gamma": between(0.2, 0.9)}
    yield "MultiStepLR", {"milestones": [9, 3, 3], "gamma": 0.5}
    yield "ExponentialLR", {"gamma": between(0.7, 0.99)}
    yield "CosineAnnealingLR", {"T_max": of(3, 7, 12, 30), "eta_min": of(0, 0.02)}
    yield "CosineAnnealingWarmRestarts", {"T_0": of(3, 5), "T_mult": of(1, 2, 3), "eta_min": of(0, 0.01)}
    yield "LinearLR", {"start_factor": between(0.1, 1), "end_factor": between(0.1, 1), "total_iters": of(4, 9, 40)}
    yield "ConstantLR", {"factor": between(0.1, 1), "total_iters": of(1, 7, 40)}
    yield "PolynomialLR", {"total_iters": of(5, 12, 40), "power": of(0.5, 1.0, 3.0)}
    for mode in ("triangular", "triangular2", "exp_range"):
        yield "CyclicLR", {
            "base_lr": 0.01, "max_lr": between(0.1, 0.5), "step_size_up": of(2, 5), "step_size_down": of(None, 3),
            "mode": mode, "gamma": between(0.8, 1), "cycle_momentum": False,
        }
    yield "OneCycleLR", {
        "max_lr": between(0.2, 1), "total_steps": of(26, 40), "pct_start": between(0.1, 0.6), "anneal_strategy": of("cos", "linear"),
        "three_phase": of(True, False), "div_factor": of(25.0, 10.0), "final_div_factor": of(1e4, 100.0), "cycle_momentum": False,
    }
    yield "OneCycleLR", {"max_lr": 0.4, "epochs": 4, "steps_per_epoch": of(7, 9)}
    for name in ("ChainedScheduler", "SequentialLR"):
        parts = [
            {"name": "ConstantLR", "options": {"factor": between(0.1, 0.9), "total_iters": of(2, 6)}},
            {"name": "ExponentialLR", "options": {"gamma": between(0.8, 0.99)}},
            {"name": "PolynomialLR", "options": {"total_iters": of(12, 20), "power": of(1.0, 2.0)}},
        ]
        others = {"milestones": [4, of(9, 15)]} if name == "SequentialLR" else {}
        yield name, {"schedulers": draw.sample(parts, 3), **others}
    for mode, threshold_mode in itertools.product(("min", "max"), ("rel", "abs")):
        yield "ReduceLROnPlateau", {
            "mode": mode, "threshold_mode": threshold_mode, "factor": between(0.2, 0.8), "patience": of(0, 1, 3),
            "threshold": of(1e-4, 0.05), "cooldown": of(0, 2), "min_lr": of(0, 0.01), "eps": 1e-8,
        }


def schedule_of(optimizer, name, options):
    parts = [schedule_of(optimizer, **part) for part in options.get("schedulers", [])]
    others = {option: value for option, value in options.items() if option != "schedulers"}
    make = getattr(torch.optim.lr_scheduler, name)
    return make(parts) if name == "ChainedScheduler" else make(optimizer, *([parts] if parts else []), **others)


def schedule_cases():
    for name, options in schedule_options():
        base = of(0.1, 0.3)
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
        schedule = schedule_of(optimizer, name, options)
        metric = None
        if name == "ReduceLROnPlateau":
            metric = [round(1 / (1 + 0.3 * k) + draw.uniform(-0.1, 0.1), 4) for k in range(25)]
        rates = [optimizer.param_groups[0]["lr"]]
        for k in range(25):
            optimizer.step()
            schedule.step(*([] if metric is None else [metric[k]]))
            rates.append(optimizer.param_groups[0]["lr"])
        yield {"kind": "schedule", "name": name, "options": options, "base_lr": base, "metric": metric, "lrs": rates}


def gradients():
    shapes = [tuple(draw.randint(1, 4) for _ in range(draw.randint(1, 3))) for _ in range(draw.randint(1, 4))]
    return [torch.randn(shape) * of(0.1, 1, 10) for shape in shapes]


def held(grads):
    parameters = [torch.zeros_like(grad).requires_grad_() for grad in grads]
    for parameter, grad in zip(parameters, grads):
        parameter.grad = grad.clone()
    return parameters


def clip_norm_cases():
    # PyTorch rounds the type of a norm to single precision.
    for norm_type in (1.0, 2.0, "inf", 0.5, 3.0, of(1.5, 2.5, 4.0, 6.25)):
        for limit in (between(0.01, 1), between(1, 50)):
            grads = gradients()
            parameters = held(grads)
            norm = nn.utils.clip_grad_norm_(parameters, limit, float(norm_type))
            yield {
                "kind": "clip_grad_norm", "max_norm": limit, "norm_type": norm_type, "grads": [stored(g) for g in grads],
                "total_norm": norm.item(), "clipped": [stored(p.grad) for p in parameters],
            }


def clip_value_cases():
    for limit in (between(0.01, 1), between(1, 5)):
        grads = gradients()
        parameters = held(grads)
        nn.utils.clip_grad_value_(parameters, limit)
        clipped = [stored(p.grad) for p in parameters]
        yield {"kind": "clip_grad_value", "clip_value": limit, "grads": [stored(g) for g in grads], "clipped": clipped}


def gain_cases():
    plain = "linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d sigmoid tanh relu selu leaky_relu"
    for name, param in [(name, None) for name in plain.split()] + [("leaky_relu", p) for p in (0, 1, between(0, 2), -0.3)]:
        yield {"kind": "gain", "nonlinearity": name, "param": param, "gain": nn.init.calculate_gain(name, param)}


def size(n):
    return [draw.randint(5, 8) for _ in range(n)]


def convolution(n, transposed=False):
    groups = of(1, 1, 2)
    into, out = groups * of(1, 2), groups * of(1, 3)
    each = lambda *choices: of(of(*choices), [of(*choices) for _ in range(n)])
    options = {"in_channels": into, "out_channels": out, "kernel_size": each(1, 2, 3), "stride": each(1, 2), "groups": groups}
    options |= {"padding": each(0, 1), "dilation": each(1, 2), "bias": of(True, True, False)}
    if transposed:
        options |= {"output_padding": 1 if options["dilation"] == 2 and options["stride"] == 2 else 0}
        options["padding"] = 0
    return options, [(2, into, *size(n))]


def pooled(n):
    kernel = of(2, 3)
    return {"kernel_size": kernel, "stride": of(None, 1, 2), "padding": of(0, 1), "ceil_mode": of(False, True)}, [(2, 3, *size(n))]


def recurrent(cell=False):
    options = {"input_size": of(2, 4), "hidden_size": of(3, 5), "bias": of(True, True, False)}
    if cell:
        return options, [(3, options["input_size"])]
    options |= {"num_layers": of(1, 2, 3), "bidirectional": of(True, False), "batch_first": of(True, False)}
    return options, [(3, 4, options["input_size"])]


def attention(several=False):
    heads = of(1, 2, 4)
    options = {"embed_dim": 4 * heads, "num_heads": heads, "bias": of(True, False), "batch_first": of(True, False)}
    options |= {"add_bias_kv": of(True, False), "add_zero_attn": of(True, False)}
    if not several:
        return options, [(2, 5, 4 * heads)]
    options |= {"kdim": of(3, None), "vdim": of(3, 5)}
    lengths = [(2, 5), (2, 3), (2, 3)] if options["batch_first"] else [(5, 2), (3, 2), (3, 2)]
    widths = (4 * heads, options["kdim"] or 4 * heads, options["vdim"])
    return options, [(*length, width) for length, width in zip(lengths, widths)]


def transformer(**more):
    heads = of(1, 2)
    options = {"d_model": 4 * heads, "nhead": heads, "dim_feedforward": of(6, 16), "dropout": 0.0, "activation": of("relu", "gelu")}
    return options | {"batch_first": of(True, False), "norm_first": of(True, False)} | more, [(2, 5, 4 * heads)]


def module_options():
    for shape in ((4,), (3,), (2, 3)):
        i, o = draw.randint(1, 6), draw.randint(1, 6)
        yield "Linear", {"in_features": i, "out_features": o, "bias": of(True, False)}, [(*shape, i)]
    for n in (1, 2, 3):
        for _ in range(3):
            yield f"Conv{n}d", *convolution(n)
            yield f"ConvTranspose{n}d", *convolution(n, True)
        yield f"MaxPool{n}d", *pooled(n)
        yield f"AvgPool{n}d", *pooled(n)
        yield f"AdaptiveAvgPool{n}d", {"output_size": of(1, 2, 3)}, [(2, 3, *size(n))]
        yield f"AdaptiveMaxPool{n}d", {"output_size": of(1, 2, 3)}, [(2, 3, *size(n))]
        channels = of(2, 3)
        for affine, tracked in ((True, True), (False, True), (True, False)):
            common = {"num_features": channels, "affine": affine, "track_running_stats": tracked, "eps": of(1e-5, 1e-2)}
            yield f"BatchNorm{n}d", common | {"momentum": of(0.1, 0.4, None)}, [(4, channels, *size(n))]
            yield f"InstanceNorm{n}d", common | {"momentum": of(0.1, 0.4)}, [(2, channels, *size(n))]
    yield "LayerNorm", {"normalized_shape": of([3], [2, 3]), "eps": of(1e-5, 1e-2)}, [(4, 2, 3)]
    yield "LayerNorm", {"normalized_shape": [2, 3], "elementwise_affine": False}, [(4, 2, 3)]
    yield "GroupNorm", {"num_groups": of(1, 3), "num_channels": 6, "affine": of(True, False), "eps": of(1e-5, 1e-2)}, [(3, 6, *size(2))]
    yield "LocalResponseNorm", {"size": of(2, 3), "alpha": 0.1, "beta": 0.6, "k": 1.5}, [(2, 5, 4)]
    yield "Embedding", {"num_embeddings": 7, "embedding_dim": of(2, 4), "padding_idx": of(None, 3, -1)}, [("index", 7, 2, 3)]
    scaled = {"max_norm": of(0.5, 1.0), "norm_type": of(1.0, 2.0), "scale_grad_by_freq": of(True, False)}
    yield "Embedding", {"num_embeddings": 7, "embedding_dim": 3} | scaled, [("index", 7, 2, 5)]
    yield "EmbeddingBag", {"num_embeddings": 7, "embedding_dim": 3, "mode": of("sum", "mean", "max")}, [("index", 7, 3, 4)]
    for name in ("RNN", "LSTM", "GRU"):
        for _ in range(3):
            yield name, *recurrent()
        yield f"{name}Cell", *recurrent(cell=True)
    options, shapes = recurrent()
    yield "RNN", options | {"nonlinearity": "relu"}, shapes
    options, shapes = recurrent()
    yield "LSTM", options | {"proj_size": 2}, shapes
    for _ in range(3):
        yield "MultiheadAttention", *attention()
        yield "MultiheadAttention", *attention(several=True)
        yield "TransformerEncoderLayer", *transformer()
    options, shapes = transformer()
    yield "TransformerDecoderLayer", options, shapes * 2
    options, shapes = transformer(num_encoder_layers=of(1, 2), num_decoder_layers=of(1, 2), layer_norm_eps=of(1e-5, 1e-2))
    yield "Transformer", options, shapes * 2
    yield "PReLU", {"num_parameters": of(1, 3), "init": between(0, 0.5)}, [(2, 3, 4)]
    yield "Bilinear", {"in1_features": of(2, 3), "in2_features": 4, "out_features": 2, "bias": of(True, False)}, None
    for axis in (0, 1, -1, None):
        yield "weight_norm(Linear)", {"in_features": 4, "out_features": of(2, 3), "dim": axis}, [(5, 4)]
        yield "weight_norm(Conv2d)", {"in_channels": 2, "out_channels": 3, "kernel_size": of(2, 3), "dim": axis}, [(2, 2, 5, 5)]
    yield "spectral_norm(Linear)", {"in_features": 4, "out_features": of(2, 3, 6)}, [(5, 4)]
    yield "spectral_norm(Linear)", {"in_features": 4, "out_features": 3, "dim": 1, "n_power_iterations": 3}, [(5, 4)]
    yield "spectral_norm(Conv2d)", {"in_channels": 2, "out_channels": 3, "kernel_size": of(2, 3)}, [(2, 2, 5, 5)]
    for wrap, inner in itertools.product(("weight_norm", "spectral_norm"), ("Conv1d", "ConvTranspose1d", "ConvTranspose2d")):
        options, shapes = convolution(int(inner[-2]), "Transpose" in inner)
        yield f"{wrap}({inner})", options, shapes
    yield of("weight_norm(Embedding)", "spectral_norm(Embedding)"), {"num_embeddings": 7, "embedding_dim": 3}, [("index", 7, 2, 3)]
    for name, options in (
        ("ReLU", {}), ("ReLU6", {}), ("ELU", {"alpha": between(0.3, 2)}), ("CELU", {"alpha": between(0.3, 2)}), ("SELU", {}),
        ("GELU", {}), ("GELU", {"approximate": "tanh"}), ("SiLU", {}), ("Mish", {}), ("Hardswish", {}), ("Hardsigmoid", {}),
        ("Hardtanh", {"min_val": -0.5, "max_val": 0.7}), ("LeakyReLU", {"negative_slope": between(0, 0.5)}), ("Sigmoid", {}),
        ("Tanh", {}), ("Softplus", {"beta": between(0.5, 3), "threshold": of(20, 2)}), ("Softsign", {}), ("Softmax", {"dim": of(1, -1)}),
        ("LogSoftmax", {"dim": of(0, 1)}), ("Softmin", {"dim": 1}), ("Threshold", {"threshold": 0.2, "value": -1.5}), ("GLU", {"dim": of(1, -1)}),
        ("LogSigmoid", {}), ("Hardshrink", {"lambd": 0.4}), ("Softshrink", {"lambd": 0.4}), ("Tanhshrink", {}), ("Flatten", {"start_dim": of(1, 0)}),
    ):
        yield name, options, [(2, 4, 6)]


def convolution_options():
    """Every way to pad and every stride, with a batch and without."""
    for n, mode in itertools.product((1, 2, 3), ("zeros", "reflect", "replicate", "circular")):
        for padding in ("same", "valid", 1, [draw.randint(0, 2) for _ in range(n)]):
            groups = of(1, 2)
            options = {"in_channels": 2 * groups, "out_channels": 3 * groups, "kernel_size": [draw.randint(1, 4) for _ in range(n)]}
            options |= {"padding": padding, "padding_mode": mode, "dilation": of(1, [draw.randint(1, 2) for _ in range(n)])}
            options |= {"groups": groups, "bias": of(True, False)}
            if padding != "same":
                options["stride"] = of(1, 2, [draw.randint(1, 3) for _ in range(n)])
            batch = of((2,), (2,), ())
            yield f"Conv{n}d", options, [(*batch, 2 * groups, *size(n))]
    for n in (1, 2, 3) * 4:
        groups, stride, dilation = of(1, 2, 3), [draw.randint(1, 3) for _ in range(n)], [draw.randint(1, 2) for _ in range(n)]
        options = {"in_channels": 2 * groups, "out_channels": groups * of(1, 2), "kernel_size": [draw.randint(2, 4) for _ in range(n)]}
        options |= {"stride": stride, "dilation": dilation, "groups": groups, "padding": [draw.randint(0, 1) for _ in range(n)]}
        options["output_padding"] = [draw.randint(0, max(each) - 1) for each in zip(stride, dilation)]
        yield f"ConvTranspose{n}d", options, [(*of((2,), ()), 2 * groups, *size(n))]


def window_options():
    for n, ceil, padding in itertools.product((1, 2, 3), (True, False), (0, 1)):
        kernel = [draw.randint(2, 3) for _ in range(n)] if n > 1 else of(2, 3)
        common = {"kernel_size": kernel, "padding": padding, "ceil_mode": ceil, "stride": of(None, 1, 2, 3)}
        shapes = [(*of((2,), ()), 3, *size(n))]
        yield f"MaxPool{n}d", common | {"dilation": of(1, 2)}, shapes
        yield f"AvgPool{n}d", common | {"count_include_pad": of(True, False)} | ({"divisor_override": of(None, 5)} if n > 1 else {}), shapes
        if n < 3:
            yield f"LPPool{n}d", {"norm_type": of(2, 4), "kernel_size": of(2, 3), "stride": of(None, 1), "ceil_mode": ceil}, shapes
    for n in (2, 3):
        for kind in ("Avg", "Max"):
            yield f"Adaptive{kind}Pool{n}d", {"output_size": [of(1, 2, 3, None) for _ in range(n)]}, [(3, *size(n))]
    yield "Unfold", {"kernel_size": [2, 3], "dilation": of(1, [2, 1]), "padding": of(0, 1), "stride": of(1, 2)}, [(2, 3, 6, 7)]
    yield "Fold", {"output_size": [5, 6], "kernel_size": [2, 3], "padding": 1, "stride": [2, 1]}, [(2, 12, 18)]


def surrounding_options():
    for n, kind in itertools.product((1, 2, 3), ("ConstantPad", "ZeroPad", "ReflectionPad", "ReplicationPad")):
        if hasattr(nn, f"{kind}{n}d"):
            for padding in (of(1, 2), [draw.randint(0, 3) for _ in range(2 * n)]):
                value = {"value": of(-1.5, 3.0)} if kind == "ConstantPad" else {}
                yield f"{kind}{n}d", {"padding": padding} | value, [(*of((2,), ()), 3, *size(n))]
    modes = ("nearest", 1), ("linear", 1), ("nearest", 2), ("bilinear", 2), ("bicubic", 2), ("trilinear", 3)
    for mode, n in modes:
        corners = {} if mode == "nearest" else {"align_corners": of(True, False)}
        yield "Upsample", {"mode": mode, "size": [draw.randint(2, 9) for _ in range(n)]} | corners, [(2, 3, *size(n))]
        yield "Upsample", {"mode": mode, "scale_factor": of(2, 1.5, 0.7), "recompute_scale_factor": of(None, True)} | corners, [(2, 3, *size(n))]
    yield "UpsamplingNearest2d", {"scale_factor": of(2, 3)}, [(2, 3, 3, 4)]
    yield "UpsamplingBilinear2d", {"size": [5, 7]}, [(2, 3, 3, 4)]


def small_options():
    for p in (0.0, 1.0, between(0.1, 0.9)):
        yield "Dropout", {"p": p}, [(3, 4)]
        yield "AlphaDropout", {"p": p}, [(3, 4)]
        yield "FeatureAlphaDropout", {"p": p}, [(3, 4, 5)]
        for n in (1, 2, 3):
            yield f"Dropout{n}d", {"p": p}, [(2, 3, *size(n))]
    yield "RReLU", {"lower": 0.2, "upper": between(0.3, 0.6)}, [(4, 6)]
    yield "Softmax2d", {}, [(2, 3, 2, 2)]
    yield "PixelShuffle", {"upscale_factor": of(2, 3)}, [(2, 36, 2, 3)]
    yield "PixelUnshuffle", {"downscale_factor": of(2, 3)}, [(2, 3, 6, 6)]
    yield "Unflatten", {"dim": 1, "unflattened_size": [2, -1]}, [(2, 6, 2)]
    yield "Identity", {}, [(2, 3)]
    for name in "ReLU ELU CELU GELU Hardtanh LeakyReLU Softplus Hardshrink Softshrink GLU Flatten".split():
        yield name, {}, [(4, 2, 6)]


def is_random(name, options):
    return name == "RReLU" or "Dropout" in name and options["p"] not in (0.0, 1.0)


def made(name, options):
    if "(" not in name:
        return getattr(nn, name)(**{key: tuple(value) if isinstance(value, list) else value for key, value in options.items()})
    wrap, inner = name.removesuffix(")").split("(")
    own = {key: options[key] for key in ("dim", "n_power_iterations") if key in options}
    layer = getattr(nn, inner)(**{key: value for key, value in options.items() if key not in own})
    return getattr(nn.utils, wrap)(layer, **own)


def flat(result):
    if isinstance(result, (list, tuple)):
        return [each for part in result for each in flat(part)]
    return [] if result is None else [result]


def module_cases():
    sources = module_options, convolution_options, window_options, surrounding_options, small_options
    every = [case for source in sources for case in source()]
    for (name, options, shapes), train in itertools.product(every, (True, False)):
        if train and is_random(name, options):
            continue
        if shapes is None:
            shapes = [(5, options["in1_features"]), (5, options["in2_features"])]
        layer = made(name, options).train(train)
        for parameter in layer.parameters():
            parameter.data = torch.randn_like(parameter) * 0.5
        for buffer_name, buffer in layer.named_buffers():
            if buffer_name in ("running_mean", "running_var"):
                buffer.copy_(torch.rand_like(buffer) + (0.5 if buffer_name == "running_var" else 0))
        if name.startswith("spectral_norm"):
            # Parameters that changed behind its back: the vectors must belong to the present weight again.
            layer.weight_u.copy_(nn.functional.normalize(torch.randn_like(layer.weight_u), dim=0))
        inputs = [torch.randint(s[1], s[2:]) if s[0] == "index" else torch.randn(s).requires_grad_() for s in shapes]
        state = {key: value.clone() for key, value in layer.state_dict().items()}
        called = inputs * 3 if name == "MultiheadAttention" and len(inputs) == 1 else inputs
        try:
            outputs = flat(layer(*called))
        except (RuntimeError, ValueError):
            continue  # a drawn size that PyTorch refuses
        cotangents = [torch.randn_like(output) for output in outputs]
        leaves = [x for x in inputs if x.requires_grad] + list(layer.parameters())
        grads = iter(torch.autograd.grad(outputs, leaves, cotangents, allow_unused=True))
        case = {"kind": "module", "name": name, "options": options, "train": train}
        case |= {"state": {key: stored(value) for key, value in state.items()}, "inputs": [stored(x) for x in inputs]}
        case |= {"outputs": [stored(x) for x in outputs], "cotangents": [stored(x) for x in cotangents]}
        case["input_grads"] = [stored(next(grads)) if x.requires_grad else None for x in inputs]
        case["param_grads"] = {key: stored(next(grads)) for key, _ in layer.named_parameters()}
        case["state_after"] = {key: stored(value) for key, value in layer.named_buffers()}
        yield case


KINDS = {
    "optimizer": optimizer_cases, "schedule": schedule_cases, "clip_grad_norm": clip_norm_cases,
    "clip_grad_value": clip_value_cases, "gain": gain_cases, "module": module_cases,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only")
    parser.add_argument("--largest", type=int)
    options = parser.parse_args()
    lines = []
    for kind in options.only.split(",") if options.only else KINDS:
        draw.seed(f"{kind} {options.seed}")
        torch.manual_seed(options.seed)
        cases = [json.dumps(case) for case in KINDS[kind]()]
        fits = lambda case: kind != "module" or options.largest is None or len(case) <= options.largest
        lines += filter(fits, cases)
    text = "".join(f"{line}\n" for line in lines).encode()
    with open(options.out, "wb") as file:
        file.write(gzip.compress(text, 9, mtime=0) if options.out.endswith(".gz") else text)
    print(len(lines), "cases")


main()
