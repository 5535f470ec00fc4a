"""Writes test/scalar/derivatives.json: derivatives of orders 1 to 4 of scalar functions at 60 digits, rounded once.

Run with Python 3 and mpmath. For each function: rows of a point and its four derivatives, one behind the other.
"""

import json
from pathlib import Path

from mpmath import acos, acosh, asin, asinh, atan, atanh, besseli, cos, cosh, digamma, erf, erfc, erfinv, exp, findroot, log, loggamma, mp, mpf, pi, psi, sech, sin, sinh, sqrt, tan, tanh, taylor

mp.dps = 100


def ndtr(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def inverse(f, slope, start):
    """Newton's method at full precision, for real and complex points alike."""

    def g(y):
        x = start(y)
        for _ in range(200):
            step = (f(x) - y) / slope(x)
            x -= step
            if abs(step) < mpf(10) ** (-mp.dps + 10):
                break
        return x

    return g


erfinv_ = inverse(erf, lambda x: 2 / sqrt(pi) * exp(-x * x), lambda y: erfinv(mpf(float(y.real))))
ndtri = lambda p: sqrt(mpf(2)) * erfinv_(2 * p - 1)
erfcx = lambda x: exp(x * x) * erfc(x)
sinc = lambda x: sin(pi * x) / (pi * x) if x != 0 else mpf(1)
logit = lambda x: log(x / (1 - x))

functions = {
    "acos": (acos, [-0.999, -0.3, 0.5, 0.999999]),
    "acosh": (acosh, [1.000001, 1.3, 5, 1e5]),
    "asin": (asin, [-0.999999, -0.3, 0.5, 0.999]),
    "asinh": (asinh, [-40, -0.7, 0.001, 2, 1e5]),
    "atan": (atan, [-40, -0.7, 0.001, 2]),
    "atanh": (atanh, [-0.999999, -0.2, 0.01, 0.9]),
    "cosh": (cosh, [-3, 0.1, 20]),
    "digamma": (digamma, [0.01, 0.8, 3.7, 50, -0.4, -2.6]),
    "entr": (lambda x: -x * log(x), [0.01, 0.5, 7]),
    "erf": (erf, [-5.3, -0.3, 0.001, 2.2, 11.7]),
    "erfc": (erfc, [-5.3, -0.3, 0.001, 2.2, 11.7]),
    "erfcx": (erfcx, [-5, -1.3, 0.3, 0.9, 2, 11, 3000]),
    "erfinv": (erfinv_, [-0.99, -0.3, 0.1, 0.7, 0.9999]),
    "exp2": (lambda x: mpf(2) ** x, [-7.5, 0.3, 20.1]),
    "i0": (lambda x: besseli(0, x), [-3, 0.001, 1.5, 19, 30]),
    "i1": (lambda x: besseli(1, x), [-3, 0.001, 1.5, 19, 30]),
    "i0e": (lambda x: exp(-x) * besseli(0, x), [0.001, 0.7, 2]),
    "i1e": (lambda x: exp(-x) * besseli(1, x), [0.001, 0.7, 2]),
    "lgamma": (loggamma, [0.01, 0.8, 3.7, 50]),
    "log": (log, [0.001, 3]),
    "log10": (lambda x: log(x) / log(mpf(10)), [0.001, 3]),
    "log1p": (lambda x: log(1 + x), [-0.9, 1e-9, 3]),
    "log2": (lambda x: log(x) / log(mpf(2)), [0.001, 3]),
    "logisticDensity": (lambda x: 1 / (2 + exp(x) + exp(-x)), [-30, -1.2, 0.3, 30]),
    "logit": (logit, [0.001, 0.4, 0.51, 0.999]),
    "logNdtr": (lambda x: log(ndtr(x)), [-30, -20, -3, -1.1, -0.4, 0.6, 4, 12]),
    "ndtri": (ndtri, [0.001, 0.3, 0.6, 0.99]),
    "ndtr": (ndtr, [-20.3, -1.2, 0.3, 5]),
    "reciprocal": (lambda x: 1 / x, [-0.3, 2]),
    "rsqrt": (lambda x: 1 / sqrt(x), [0.01, 3]),
    "sech": (sech, [-20, -0.4, 3]),
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), [-40, -1.2, 0.3, 30]),
    "sinc": (sinc, [-3.3, 0, 1e-6, 0.01, 0.4, 1.1, 20.7]),
    "sinh": (sinh, [-3, 0.1, 20]),
    "softplus": (lambda x: log(1 + exp(x)), [-40, -1.2, 0.3, 30]),
    "sqrt": (sqrt, [0.01, 3]),
    "tan": (tan, [-1.2, 0.1, 1.5]),
    "tanh": (tanh, [-20, -0.4, 1, 15]),
}


def derivatives(f, x):
    if f is sinc and x == 0:
        return [mpf(0), -pi**2 / 3, mpf(0), pi**4 / 5]
    coefficients = taylor(f, mpf(x), 4)
    return [mp.factorial(k) * coefficients[k].real for k in range(1, 5)]


rows = {name: [v for x in points for v in [x, *map(float, derivatives(f, x))]] for name, (f, points) in functions.items()}
text = ",\n".join(f'  "{name}": {json.dumps(values)}' for name, values in rows.items())
(Path(__file__).parent.parent / "scalar" / "derivatives.json").write_text("{\n" + text + "\n}\n")
