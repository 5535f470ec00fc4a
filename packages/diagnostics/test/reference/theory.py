"""Writes theory.json: mean-field quantities by quadrature with numpy and scipy, written independently of the packages.

    python3 packages/diagnostics/test/reference/theory.py

Gauss-Legendre panels between the kinks of each function; fixed points by bisection, critical points by Brent's method.
"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import erf, expit

alpha, scale = 1.6732632423543772, 1.0507009873554805
normal_cdf = lambda x: 0.5 * (1 + erf(x / np.sqrt(2)))
density = lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
functions = {
    "relu": (lambda x: np.maximum(x, 0), lambda x: (x > 0) * 1.0, [0]),
    "tanh": (np.tanh, lambda x: 1 / np.cosh(np.clip(x, -300, 300)) ** 2, []),
    "sigmoid": (expit, lambda x: expit(x) * expit(-x), []),
    "softplus": (lambda x: np.logaddexp(0, x), expit, []),
    "elu": (lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))), lambda x: np.where(x > 0, 1, np.exp(np.minimum(x, 0))), [0]),
    "selu": (
        lambda x: scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
        lambda x: scale * np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))),
        [0],
    ),
    "silu": (lambda x: x * expit(x), lambda x: expit(x) * (1 + x * expit(-x)), []),
    "gelu": (lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * density(x), []),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, [0]),
    "hardtanh": (lambda x: np.clip(x, -1, 1), lambda x: (abs(x) < 1) * 1.0, [-1, 1]),
}
nodes, weights = np.polynomial.legendre.leggauss(24)


def panels(mean, deviation, kinks, reach=10.0, parts=12):
    """z and weights of N(0, 1) for each mean; panels between the kinks of mean + deviation z, and a few on either side of each."""
    mean = np.atleast_1d(np.asarray(mean, float))
    edges = [np.full_like(mean, e) for e in (-reach, 0.0, reach)]
    for kink in list(kinks) + [0.0]:
        for offset in (-3.0, -0.7, 0.0, 0.7, 3.0):
            edges.append(np.clip((kink + offset - mean) / deviation, -reach, reach))
    edges = np.sort(np.stack(edges, -1), -1)
    fine = np.concatenate([edges[..., :-1, None] + (edges[..., 1:] - edges[..., :-1])[..., None] * (np.arange(parts) / parts)], -1)
    width = (edges[..., 1:] - edges[..., :-1])[..., None] / parts
    z = fine[..., None] + width[..., None] * (nodes + 1) / 2
    w = np.broadcast_to(width[..., None] / 2 * weights, z.shape) * density(z)
    return z.reshape(len(mean), -1), w.reshape(len(mean), -1)


def mean_of(f, q, kinks):
    z, w = panels(0.0, np.sqrt(q), kinks)
    return float((f(np.sqrt(q) * z) * w).sum())


def product_mean(f, q, c, kinks):
    if c == 1:
        return mean_of(lambda x: f(x) ** 2, q, kinks)
    z, w = panels(0.0, np.sqrt(q), kinks, parts=2)
    u = np.sqrt(q) * z[0]
    deviation = np.sqrt(q * (1 - c * c))
    zz, ww = panels(c * u, deviation, kinks, parts=2)
    inner = (f((c * u)[:, None] + deviation * zz) * ww).sum(-1)
    return float((f(u) * inner * w[0]).sum())


def settled(name, sw2, sb2):
    f, df, kinks = functions[name]
    length = lambda q: sw2 * mean_of(lambda x: f(x) ** 2, q, kinks) + sb2
    q = 1.0
    direction = np.sign(length(q) - q)
    if direction == 0:
        return q
    far = q
    for _ in range(200):  # the first change of sign away from 1
        near, far = far, far * (1.05 if direction > 0 else 1 / 1.05)
        if np.sign(length(far) - far) != direction:
            return brentq(lambda x: length(x) - x, near, far, xtol=1e-15, rtol=1e-14)
    return None


def row(name, sw2, sb2):
    f, df, kinks = functions[name]
    q = settled(name, sw2, sb2)
    if q is None:
        return None
    chi = sw2 * mean_of(lambda x: df(x) ** 2, q, kinks)
    h = 1e-3 * q
    at = lambda k: sw2 * mean_of(lambda x: f(x) ** 2, q + k * h, kinks)
    slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
    correlation_map = lambda c: (sw2 * product_mean(f, q, c, kinks) + sb2) / q
    c = 1.0
    if chi > 1.02:
        excess = lambda c: correlation_map(c) - c
        c = 0.0 if abs(excess(0.0)) < 1e-13 else brentq(excess, 0.0, 1 - 0.3 * (1 - 1 / chi), xtol=1e-14)
    elif chi > 1:
        return None
    slope_at_c = sw2 * product_mean(df, q, c, kinks)
    return [name, sw2, sb2, q, chi, slope, c, slope_at_c, [correlation_map(x) for x in (-0.5, 0.3, 0.9)]]


if __name__ == "__main__":
    rows = [
        r
        for name in functions
        for sw2 in (0.3, 1.0, 1.7, 2.5, 6.0)
        for sb2 in (0.02, 0.3)
        if (r := row(name, sw2, sb2)) is not None
    ]
    moments = [
        [name, q] + [mean_of(g, q, kinks) for g in (f, lambda x: f(x) ** 2, lambda x: df(x) ** 2, lambda x: df(x) ** 4)]
        for name, (f, df, kinks) in functions.items()
        for q in (0.05, 0.7, 3.0, 20.0)
    ]
    numbers = lambda x: [numbers(y) for y in x] if isinstance(x, list) else x if isinstance(x, str) else float(f"{x:.13g}")
    lines = lambda table: ",\n".join("  " + json.dumps(numbers(r)) for r in table)
    note = (
        "Written by theory.py with numpy and scipy. moments: name, q, E f, E f^2, E f'^2, E f'^4 at N(0, q). networks: name, sw2, sb2, "
        "q*, chi, slope of the length map (by differences), c*, slope of the correlation map at c*, that map at -0.5, 0.3, 0.9."
    )
    text = f'{{\n"note": {json.dumps(note)},\n"moments": [\n{lines(moments)}\n],\n"networks": [\n{lines(rows)}\n]\n}}\n'
    Path(__file__).with_name("theory.json").write_text(text)
    print(len(rows), "networks,", len(moments), "moments")
