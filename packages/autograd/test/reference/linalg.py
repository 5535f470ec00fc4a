"""Writes linalg.json: matrix products and linear algebra with derivatives of first and second order, as PyTorch computes them in double precision.

Run with Python 3 and PyTorch 1.13. Inputs are multiples of 1/8, so that they are exact in text. A case holds the operation, its tensors, the
arguments before and behind them, PyTorch's results, a cotangent of each real one, the gradients g, and the gradients of sum(g * weights)
(null where there are none).
"""

import json
from pathlib import Path

import torch

torch.set_num_threads(1)
torch.manual_seed(8)
L = torch.linalg


def draw(*shape):
    return (torch.randint(-16, 17, shape, dtype=torch.float64) / 8).requires_grad_()


def regular(*shape):
    return (draw(*shape).detach() + 4 * torch.eye(*shape[-2:], dtype=torch.float64)).requires_grad_()


def definite(*shape):
    x = draw(*shape).detach()
    return (x @ x.mT + torch.eye(shape[-1], dtype=torch.float64)).requires_grad_()


def of_rank(rank, *shape):
    m, n = shape[-2:]
    return (draw(*shape[:-2], m, rank).detach() @ draw(*shape[:-2], rank, n).detach()).requires_grad_()


def plain(tensor):
    return {"shape": list(tensor.shape), "data": (tensor.detach() + 0).reshape(-1).tolist()}


cases = []


def record(operation, f, inputs, arguments=(), before=()):
    result = f(*inputs)
    outputs = [result] if isinstance(result, torch.Tensor) else list(result)
    reals = [x for x in outputs if x.requires_grad]
    cotangents = [torch.randint(-8, 9, x.shape, dtype=torch.float64) / 4 for x in reals]
    first = torch.autograd.grad(reals, inputs, cotangents, create_graph=True)
    weights = [torch.randint(-8, 9, x.shape, dtype=torch.float64) / 4 for x in inputs]
    total = sum((g * w).sum() for g, w in zip(first, weights))
    second = torch.autograd.grad(total, inputs, allow_unused=True) if total.requires_grad else [None] * len(inputs)
    cases.append({
        "operation": operation,
        "before": list(before),
        "inputs": [plain(x) for x in inputs],
        "arguments": list(arguments),
        "outputs": [plain(x) for x in outputs],
        "cotangents": [plain(x) for x in cotangents],
        "gradients": [plain(g) for g in first],
        "weights": [plain(x) for x in weights],
        "second": [None if g is None else plain(g) for g in second],
    })


for equation, shapes in [
    ("ij,jk->ik", [(2, 3), (3, 4)]),
    ("bn,anm,bm->ba", [(2, 2), (3, 2, 3), (2, 3)]),
    ("...ik, ...j -> ij", [(1, 2, 3), (3,)]),
    ("bij,b...j", [(2, 2, 3), (2, 4, 3)]),
    ("iij,jk->ki", [(2, 2, 3), (3, 2)]),
    ("Ab,bA", [(2, 3), (3, 2)]),
]:
    record("einsum", lambda *x: torch.einsum(equation, *x), [draw(*shape) for shape in shapes], before=[equation])
record("tensordot", lambda a, b: torch.tensordot(a, b, [[0, 2], [1, 0]]), [draw(2, 3, 2), draw(2, 2, 3)], [[[0, 2], [1, 0]]])
record("kron", torch.kron, [draw(2, 3), draw(2, 2, 1)])
record("cross", lambda a, b: L.cross(a, b, dim=1), [draw(2, 3, 2), draw(1, 3, 2)], [{"axis": 1}])
record("inner", torch.inner, [draw(2, 3), draw(4, 3)])
for add, shapes in [("addmm", [(3,), (2, 4), (4, 3)]), ("addmv", [(1,), (2, 3), (3,)]), ("addr", [(2, 1), (2,), (3,)]),
                    ("addbmm", [(3,), (2, 2, 1), (2, 1, 3)]), ("baddbmm", [(2, 1, 3), (2, 2, 1), (2, 1, 3)])]:
    record(add, lambda *x: getattr(torch, add)(*x, alpha=0.5, beta=-2), [draw(*shape) for shape in shapes],
           [{"alpha": 0.5, "beta": -2}])

for shape in [(4, 3), (3, 3), (2, 2, 4), (1, 1)]:
    record("qr", L.qr, [draw(*shape)])
for shape in [(4, 4), (2, 3, 2), (2, 4)]:
    record("luFactor", L.lu_factor, [draw(*shape)])
    record("lu", L.lu, [draw(*shape)])
for upper in [False, True]:
    options = {"upper": upper}
    record("cholesky", lambda x: L.cholesky(x, upper=upper), [definite(2, 3, 3)], [options])
    triangle = (torch.triu if upper else torch.tril)(regular(3, 3)).detach().requires_grad_()
    record("choleskyInverse", lambda x: torch.cholesky_inverse(x, upper), [triangle], [options])
    record("choleskySolve", lambda b, x: torch.cholesky_solve(b, x, upper), [draw(2, 3, 1), triangle], [options])
    for left, unit in [(True, False), (False, True)]:
        record("solveTriangular", lambda a, b: L.solve_triangular(a, b, upper=upper, left=left, unitriangular=unit),
               [regular(3, 3), draw(2, 3, 3)], [{"upper": upper, "left": left, "unitriangular": unit}])
record("solve", L.solve, [regular(2, 3, 3), draw(3, 2)])
record("solve", lambda a, b: L.solve(a, b, left=False), [regular(2, 2), draw(3, 2)], [{"left": False}])
record("inv", L.inv, [regular(2, 3, 3)])
record("slogdet", L.slogdet, [regular(2, 3, 3)])
for x in [regular(3, 3), of_rank(2, 3, 3), of_rank(3, 4, 4), (torch.zeros(1, 1, dtype=torch.float64)).requires_grad_()]:
    record("det", L.det, [x])
record("matrixPower", lambda x: L.matrix_power(x, -3), [regular(2, 2)], [-3])
for x in [draw(3, 3), (4 * draw(2, 2).detach()).requires_grad_(), torch.triu(draw(3, 3), 1).detach().requires_grad_()]:
    record("matrixExp", L.matrix_exp, [x])
for x in [draw(3, 3), draw(4, 2), draw(2, 2, 3), of_rank(1, 3, 2), of_rank(2, 3, 3)]:
    record("pinv", L.pinv, [x])
record("svdvals", L.svdvals, [draw(2, 3, 2)])
record("eigvalsh", L.eigvalsh, [definite(3, 3)])
for order in ["fro", "nuc", 2, -2, 1, -1]:
    record("matrixNorm", lambda x: L.matrix_norm(x, order, dim=(0, 2)), [draw(3, 2, 2)], [{"ord": order, "axis": [0, 2]}])
record("cond", L.cond, [draw(3, 2)])
record("cond", lambda x: L.cond(x, "nuc"), [regular(2, 2)], [{"ord": "nuc"}])
record("tensorinv", lambda x: L.tensorinv(x, 1), [(regular(4, 4).reshape(4, 2, 2)).detach().requires_grad_()], [{"ind": 1}])
record("tensorsolve", lambda a, b: L.tensorsolve(a, b, dims=[1]), [draw(2, 6, 3), draw(2, 3)], [{"axes": [1]}])

text = ",\n".join(json.dumps(case) for case in cases)
Path(__file__).with_name("linalg.json").write_text(f"[\n{text}\n]\n")
