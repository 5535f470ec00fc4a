"""Writes operator cases with PyTorch's answers: the calls of its own operator tests (OpInfo), in double precision.

    python3 generate.py OUT.jsonl.gz [--all] [--seed N] [--only name,name]

A few small cases an operator by default, with --all every sample of up to 4000 elements. Made with Debian's python3-torch 1.13.
"""
import argparse, gzip, io, json, math, sys, types, unittest

# The tests' own helpers import a package for snapshots that is not needed here.
snapshots = types.ModuleType("expecttest")
snapshots.TestCase, snapshots.ACCEPT, snapshots.assert_expected_inline = unittest.TestCase, False, lambda *_, **__: None
sys.modules["expecttest"] = snapshots

import torch
from torch.testing._internal.common_methods_invocations import op_db

LARGEST = 4000


def number(x):
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return x


def stored(tensor, **extra):
    # Zeros that PyTorch keeps without memory become real ones by an addition.
    values = tensor.detach() + 0 if tensor.is_floating_point() else tensor
    data = [number(x) for x in values.reshape(-1).tolist()]
    return {"shape": list(tensor.shape), "dtype": str(tensor.dtype).removeprefix("torch."), "data": data, **extra}


def encode(value, tensors):
    if isinstance(value, torch.Tensor):
        tensors.append(value)
        return {"t": len(tensors) - 1}
    if isinstance(value, (list, tuple)):
        return {"list": [encode(each, tensors) for each in value]}
    if isinstance(value, float):
        return {"f": value if math.isfinite(value) else str(value)}
    if isinstance(value, slice):
        return {"slice": [value.start, value.stop, value.step]}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, torch.dtype):
        return {"dtype": str(value).removeprefix("torch.")}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"cannot write {type(value).__name__}")


def replaced(value, leaves):
    if isinstance(value, torch.Tensor):
        return leaves[id(value)]
    if isinstance(value, (list, tuple)):
        return type(value)(replaced(each, leaves) for each in value)
    return value


def flat(result):
    if isinstance(result, (list, tuple)):
        return [each for part in result for each in flat(part)]
    return [result]


def case_of(name, op, index, sample):
    tensors = []
    args = [encode(each, tensors) for each in (sample.input, *sample.args)]
    kwargs = {key: encode(value, tensors) for key, value in sample.kwargs.items()}
    if sum(tensor.numel() for tensor in tensors) > LARGEST:
        return None
    leaves = {id(t): t.detach().clone().requires_grad_(t.requires_grad) for t in tensors}
    results = flat(
        op.op(
            replaced(sample.input, leaves),
            *(replaced(each, leaves) for each in sample.args),
            **{key: replaced(value, leaves) for key, value in sample.kwargs.items()},
        )
    )
    if any(not isinstance(each, torch.Tensor) or each.is_complex() for each in results):
        return None
    case = {
        "op": name,
        "case": index,
        "args": args,
        "kwargs": kwargs,
        "outputs": [stored(each) for each in results],
        "tensors": [stored(leaves[id(t)], requires_grad=t.requires_grad) for t in tensors],
    }
    wanted = [leaf for leaf in leaves.values() if leaf.requires_grad]
    places = [k for k, each in enumerate(results) if each.requires_grad]
    if not wanted or not places:
        return case
    cotangents = [torch.rand_like(results[k]) * 2 - 1 for k in places]
    first = torch.autograd.grad(
        [results[k] for k in places], wanted, cotangents, create_graph=True, allow_unused=True
    )
    case["cotangents"] = [stored(each, output=k) for k, each in zip(places, cotangents)]
    case["grads"] = [None if each is None else stored(each) for each in first]
    weights = [torch.rand_like(g) * 2 - 1 if g is not None and g.requires_grad else None for g in first]
    if all(weight is None for weight in weights):
        return case
    try:
        total = sum((g * weight).sum() for g, weight in zip(first, weights) if weight is not None)
        second = torch.autograd.grad(total, wanted, allow_unused=True)
    except RuntimeError:  # PyTorch has no second derivative here
        return case
    case["second_cotangents"] = [None if weight is None else stored(weight) for weight in weights]
    case["second_grads"] = [None if each is None else stored(each) for each in second]
    return case


def elements(case):
    return sum(math.prod(tensor["shape"]) for tensor in case["tensors"])


def few(cases):
    """Two cases that show something: the smallest with several elements, one of them with a second derivative."""
    telling = sorted((case for case in cases if elements(case) > 1), key=elements) or cases
    second = [case for case in telling if "second_grads" in case]
    return [*telling[:1], *[case for case in second[:2] if case not in telling[:1]][:1]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    options = parser.parse_args()
    lines = []
    for op in op_db:
        name = op.name + (f"/{op.variant_test_name}" if op.variant_test_name else "")
        if options.only and name not in options.only.split(","):
            continue
        if not op.supports_autograd or torch.float64 not in op.dtypes:
            continue
        torch.manual_seed(options.seed)
        cases = []
        try:
            for index, sample in enumerate(op.sample_inputs("cpu", torch.float64, requires_grad=True)):
                try:
                    case = case_of(name, op, index, sample)
                except (RuntimeError, TypeError, NotImplementedError) as error:
                    print(f"{name}, case {index}: {str(error).splitlines()[0][:100]}", file=sys.stderr)
                    continue
                if case is not None:
                    cases.append(case)
        except Exception as error:  # a generator of samples that does not run here
            print(f"{name}: {type(error).__name__} {str(error)[:100]}", file=sys.stderr)
        lines += [json.dumps(case, separators=(",", ":")) for case in (cases if options.all else few(cases))]
    with open(options.out, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())
    print(f"{len(lines)} cases")


main()
