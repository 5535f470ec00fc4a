"""Prints the coefficient tables of src/kernels/wasm/elementwise, with their errors.

Run with Python 3, mpmath and numpy; paste the printed arrays into the files that name them. For double precision, polynomials through the Chebyshev
points; for single, the best ones whose coefficients are f32: one after the other is rounded, the low powers first, and the others are fitted anew.
"""

import numpy as np
from mpmath import atanh, chebyfit, erf, erfc, exp, expm1, linspace, log, mp, mpf, polyval, sqrt

mp.dps = 40


def show(name, error, *tables):
    print(f"{name}, relative error {float(error):.1e}")
    for table in tables:
        print("  " + ", ".join(repr(float(c)) for c in table))


def through_points(name, function, interval, count):
    coefficients = [mpf(float(c)) for c in chebyfit(function, interval, count)]
    show(name, max(abs(polyval(coefficients, x) / function(x) - 1) for x in linspace(*interval, 401)), reversed(coefficients))


def best(x, target, weight, powers):
    """The polynomial of these powers with the least largest error times weight: Lawson's weighted least squares."""
    scale = np.abs(x).max()
    terms = np.array([(x / scale) ** p for p in powers]).T * weight[:, None]
    shares, least = np.ones(len(x)) / len(x), (np.inf, None)
    for _ in range(120):
        root = np.sqrt(shares)[:, None]
        coefficients, *_ = np.linalg.lstsq(terms * root, target * weight * root[:, 0], rcond=None)
        error = np.abs(terms @ coefficients - target * weight)
        if error.max() < least[0]:
            least = (error.max(), coefficients)
        shares = shares * (error + 1e-300)
        shares /= shares.sum()
    return least[1] / np.array([float(scale) ** p for p in powers])


def rounded(name, function, degree, low, high, weight, count, factor=1):
    x = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(count) + 0.5) / count)
    weights = np.array([float(weight(mpf(t))) for t in x])
    done = {}
    for power in range(degree + 1):
        rest = [mpf(t) for t in x]
        rest = np.array([float(function(t) - sum(mpf(c) * t**p for p, c in done.items())) for t in rest])
        done[power] = float(np.float32(best(x, rest, weights, range(power, degree + 1))[0]))
    dense = linspace(low, high, 1201)
    error = max(abs((function(t) - sum(mpf(c) * t**p for p, c in done.items())) * weight(t)) for t in dense)
    show(name, error, [c * factor for c in done.values()])


def quotient(x, values, above, below, known_above, known_below, turns):
    """Coefficients of a quotient of polynomials with the least largest relative error; some of them may be known."""
    free_above = [k for k in range(above + 1) if k not in known_above]
    free_below = [k for k in range(below + 1) if k not in known_below]
    divisor, shares, least = np.ones_like(values), np.ones(len(x)) / len(x), (np.inf, None, None)
    for _ in range(turns):
        scale = 1 / (values * divisor)
        terms = np.concatenate(
            [x[:, None] ** np.array(free_above), -values[:, None] * x[:, None] ** np.array(free_below)], axis=1
        ) * scale[:, None]
        target = values * sum(c * x**k for k, c in known_below.items()) - sum(c * x**k for k, c in known_above.items())
        root = np.sqrt(shares)[:, None]
        size = np.linalg.norm(terms * root, axis=0)
        solution, *_ = np.linalg.lstsq(terms * root / size, target * scale * root[:, 0], rcond=None)
        solution = solution / size
        p = {**known_above, **dict(zip(free_above, solution))}
        q = {**known_below, **dict(zip(free_below, solution[len(free_above) :]))}
        divisor = sum(c * x**k for k, c in q.items())
        error = np.abs(sum(c * x**k for k, c in p.items()) / divisor / values - 1)
        if error.max() < least[0]:
            least = (error.max(), [p[k] for k in range(above + 1)], [q[k] for k in range(below + 1)])
        shares = shares * (error / error.max() + 1e-4)
        shares /= shares.sum()
    return least


def rounded_quotient(x, values, above, below):
    p, q = {0: 1.0}, {0: 1.0}
    _, top, bottom = quotient(x, values, above, below, dict(p), dict(q), 200)
    for k in range(below, 0, -1):
        q[k] = float(np.float32(bottom[k]))
        _, top, bottom = quotient(x, values, above, below, dict(p), dict(q), 100)
        if k > 1:
            p[k - 1] = float(np.float32(top[k - 1]))
            if len(p) <= above:
                _, top, bottom = quotient(x, values, above, below, dict(p), dict(q), 100)
    p, q = [float(np.float32(c)) for c in top], [float(np.float32(c)) for c in bottom]
    error = np.abs(np.polyval(p[::-1], x) / np.polyval(q[::-1], x) / values - 1).max()
    return error, p, q


def second(r):
    return (expm1(r) - r) / r**2 if abs(r) > mpf(10) ** -15 else mpf(1) / 2 + r / 6


def third(z):
    s = sqrt(z)
    return (atanh(s) - s) / s**3 if z > mpf(10) ** -15 else mpf(1) / 3 + z / 5


def slope(z):
    x = sqrt(z)
    return erf(x) / x if z > mpf(10) ** -15 else 2 / sqrt(mp.pi) * (1 - z / 3)


half = float(log(2) / 2 * mpf("1.001"))
s = float((sqrt(2) - 1) / (sqrt(2) + 1) * mpf("1.001"))
rounded("(e^r - 1 - r) / r^2, single", second, 4, -half, half, lambda r: r * r / exp(r), 400)
through_points("(e^r - 1 - r) / r^2, double", second, [-half, half], 10)
rounded("2 (atanh s - s) / s^3 in s^2, single", lambda z: 2 * third(z), 2, 1e-9, s * s, lambda z: z / 2, 400)
through_points("2 (atanh s - s) / s^3 in s^2, double", lambda z: 2 * third(z), [0, s * s], 8)
rounded("2 (atanh s - s) / s^3 in s^2 up to 1/9, single", third, 3, 0, 1.001 / 9, lambda z: z / (1 + z * third(z)), 300, 2)
rounded("erf(x) / x - 1 in x^2, single", lambda z: slope(z) - 1, 5, 0, 0.81, lambda z: 1 / slope(z), 300)
through_points("erf(x) / x in x^2, double", slope, [0, 1], 9)
k = np.arange(700)
end = (10.4 - 2) / (10.4 + 2)
t = -1 + (end + 1) * (1 - np.cos(np.pi * (k + 0.5) / 700)) / 2
x = 2 * (1 + t) / (1 - t)
scaled = np.array([float(exp(mpf(v) ** 2) * erfc(mpf(v))) for v in x])
show("e^(x^2) erfc(x), single", *rounded_quotient(x, scaled, 4, 5))
show("e^(x^2) erfc(x), double", *quotient(x, scaled, 6, 7, {0: 1.0}, {0: 1.0}, 200))
