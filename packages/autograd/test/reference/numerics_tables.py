"""Writes test/numerics/special-functions.json: values of the special functions at 50 digits, rounded once.

Run with Python 3 and mpmath. An argument n multiplies the number of points, a second one is the folder to write to.
"""

import json
import random
import sys
from pathlib import Path

from mpmath import besseli, betainc, digamma, erf, erfc, erfinv, exp, findroot, gammainc, log, log1p, loggamma, mp, mpf, pi, psi, sqrt, zeta

mp.dps = 50
random.seed(20)
scale = int(sys.argv[1]) if len(sys.argv) > 1 else 1
folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "numerics"


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count * scale)]


def magnitudes(low, high, count):
    """Positive numbers, uniform in the exponent of ten."""
    return [10 ** random.uniform(low, high) for _ in range(count * scale)]


def both(values):
    return [random.choice((-1, 1)) * v for v in values]


def erfc_inverse(q):
    """Newton's method on log erfc at 50 digits."""
    q = mpf(q)
    if q > 1:
        return -erfc_inverse(2 - q)
    start = sqrt(-log(q * sqrt(pi))) if q < 0.1 else mpf(1) / 2
    return findroot(lambda x: log(erfc(x)) - log(q), start)


def normal_quantile(p):
    return -sqrt(mpf(2)) * erfc_inverse(2 * mpf(p))


def binomial_tail(n, k, p):
    return betainc(k, n - k + 1, 0, mpf(p), regularized=True)


def t_tail(t, degrees):
    t, degrees = mpf(t), mpf(degrees)
    tail = betainc(degrees / 2, mpf(1) / 2, 0, degrees / (degrees + t * t), regularized=True) / 2
    return tail if t >= 0 else 1 - tail


def hurwitz(s, q):
    with mp.workdps(300):  # the precision of zeta is absolute
        return zeta(mpf(s), mpf(q))


def inverse_mills(t):
    with mp.workdps(80):
        t = mpf(t)
        return sqrt(2 / pi) * exp(-t * t / 2) / erfc(t / sqrt(mpf(2)))


def mills_fraction(n, t):
    """Upwards from n = 1, with digits to lose."""
    with mp.workdps(120):
        t = mpf(t)
        value = sqrt(2 / pi) * exp(-t * t / 2) / erfc(t / sqrt(mpf(2))) - t
        for k in range(1, n):
            value = k / value - t
        return value


def sinc_derivative(n, x):
    """From the derivatives of u sinc(u) = sin(u), with digits to lose."""
    with mp.workdps(80):
        x = mpf(x)
        if x == 0:
            return mpf(0) if n % 2 else pi**n * (-1) ** (n // 2) / (n + 1)
        u = pi * x
        value = mp.sin(u) / u
        for k in range(1, n + 1):
            value = (mp.sin(u + k * pi / 2) - k * value) / u
        return pi**n * value


def polygamma(n, x):
    return psi(int(n), mpf(x))


def table(function, points):
    rows = []
    for point in points:
        arguments = point if isinstance(point, tuple) else (point,)
        value = function(*arguments)
        value = float(value.real if hasattr(value, "real") else value)
        if value == 0 or abs(value) < 2.3e-308 or abs(value) == float("inf"):
            continue
        rows.extend([*arguments, value])
    return rows


shapes = lambda count, low=-2, high=3: magnitudes(low, high, count)
tables = {
    "erf": table(erf, both(magnitudes(-300, 0.8, 30)) + uniform(-6, 6, 40)),
    "erfc": table(erfc, uniform(-6, 26.5, 40) + uniform(0, 2, 20) + both(magnitudes(-20, 0, 10))),
    "erfcx": table(lambda x: exp(mpf(x) ** 2) * erfc(x) if x < 1e3 else 1 / (x * sqrt(pi)) * (1 - 1 / (2 * mpf(x) ** 2) + 3 / (4 * mpf(x) ** 4) - 15 / (8 * mpf(x) ** 6)), uniform(-26, 0, 20) + magnitudes(-10, 2.9, 40) + magnitudes(5, 300, 20)),
    "erfinv": table(erfinv, uniform(-1, 1, 40) + both(magnitudes(-300, 0, 15)) + [1 - q for q in magnitudes(-15, 0, 20)]),
    "erfcinv": table(erfc_inverse, magnitudes(-307, 0, 30) + uniform(0, 2, 30)),
    "lgamma": table(lambda x: log(abs(mp.gamma(mpf(x)))) if abs(x) < 1e6 else loggamma(mpf(x)), magnitudes(-300, 300, 30) + uniform(0, 12, 50) + [1 + t for t in both(magnitudes(-14, -1, 10))] + [2 + t for t in both(magnitudes(-14, -1, 10))]),
    "lgammaNegative": table(lambda x: log(abs(mp.gamma(mpf(x)))), uniform(-30, 0, 40) + [-x for x in magnitudes(-300, 3, 10)]),
    "digamma": table(digamma, magnitudes(-300, 300, 30) + uniform(0, 12, 60) + [1.4616321449683622 + t for t in both(magnitudes(-15, -1, 20))]),
    "digammaNegative": table(digamma, uniform(-30, 0, 40) + [-x for x in magnitudes(-300, 3, 10)]),
    "polygamma": table(polygamma, [(n, x) for n in (1, 2, 3, 4, 7, 20, 60) for x in magnitudes(-2, 3, 5) + uniform(0, 12, 4)]),
    "polygammaNegativeOdd": table(polygamma, [(n, x) for n in (1, 3, 5, 11) for x in uniform(-30, 0, 10)]),
    "polygammaNegativeEven": table(polygamma, [(n, x) for n in (2, 4, 10) for x in uniform(-30, 0, 10)]),
    "hurwitzZeta": table(hurwitz, list(zip([1 + s for s in magnitudes(-3, 1.7, 30)], magnitudes(-3, 3, 30)))),
    "sigmoid": table(lambda x: 1 / (1 + exp(-mpf(x))), uniform(-40, 40, 40) + uniform(-700, 40, 20)),
    "log1pExp": table(lambda x: log1p(exp(mpf(x))), uniform(-40, 40, 40) + uniform(-700, 40, 20)),
    "normalCdf": table(lambda x: erfc(-mpf(x) / sqrt(mpf(2))) / 2, uniform(-37.5, 9, 50) + uniform(-3, 3, 40)),
    "logNormalCdf": table(lambda x: log1p(-erfc(mpf(x) / sqrt(mpf(2))) / 2) if x > 0 else log(erfc(-mpf(x) / sqrt(mpf(2))) / 2), uniform(-37, 37, 50) + uniform(-3, 3, 40) + [-x for x in magnitudes(0, 3, 20)]),
    "normalQuantile": table(normal_quantile, magnitudes(-307, 0, 40) + uniform(0, 1, 40)),
    "gammaInc": table(lambda a, x: gammainc(mpf(a), 0, mpf(x), regularized=True), [(a, a * f) for a, f in zip(shapes(40), magnitudes(-0.7, 0.7, 40))]),
    "gammaIncUpper": table(lambda a, x: gammainc(mpf(a), mpf(x), regularized=True), [(a, a * f) for a, f in zip(shapes(40), magnitudes(-0.7, 0.7, 40))]),
    "betaInc": table(lambda a, b, x: betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True), list(zip(shapes(40, -1.5), shapes(40, -1.5), uniform(0, 1, 40)))),
    "studentTTail": table(t_tail, list(zip(uniform(-3, 12, 30), magnitudes(-1, 3, 30))) + list(zip(magnitudes(0, 5, 15), magnitudes(0, 1.5, 15)))),
    "binomialTail": table(binomial_tail, [(n, random.randint(1, n), random.random()) for n in [random.randint(1, 400) for _ in range(40 * scale)]]),
    "besselI": table(lambda n, x: besseli(n, mpf(x)), [(n, x) for n in (0, 1, 2, 3) for x in both(magnitudes(-3, 2.84, 15)) + uniform(0, 40, 15)]),
    "besselIScaled": table(lambda n, x: exp(-abs(mpf(x))) * besseli(n, mpf(x)), [(n, x) for n in (0, 1, 2, 3) for x in both(magnitudes(-3, 6, 15)) + uniform(0, 40, 15)]),
    "inverseMills": table(inverse_mills, uniform(-37, 5, 40) + magnitudes(-5, 10, 50)),
    "millsFraction": table(mills_fraction, [(n, x) for n in (1, 2, 3) for x in uniform(-30, 0, 10) + uniform(0, 5, 20) + magnitudes(0, 10, 10)]),
    "sincDerivative": table(sinc_derivative, [(n, x) for n in (0, 1, 2, 3, 4) for x in both(magnitudes(-9, 0, 10)) + uniform(-2, 2, 20) + both(magnitudes(0, 6, 10))]),
}
folder.mkdir(parents=True, exist_ok=True)
text = ",\n".join(f'  "{name}": {json.dumps(rows, separators=(",", ":"))}' for name, rows in tables.items())
(folder / "special-functions.json").write_text("{\n" + text + "\n}\n")
for name, rows in tables.items():
    print(name, len(rows))
