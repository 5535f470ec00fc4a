"""Prints the coefficient tables of src/kernels/wasm/elementwise: polynomials through the Chebyshev points, in powers of x, with their errors.

Run with Python 3 and mpmath; paste the printed arrays into the files that name them.
"""

from mpmath import atanh, chebyfit, erf, erfc, exp, expm1, linspace, log, mp, mpf, polyval, sqrt

mp.dps = 60


def show(name, function, interval, counts):
    for count in counts:
        coefficients = chebyfit(function, interval, count)
        rounded = [mpf(float(c)) for c in coefficients]
        error = max(abs(polyval(rounded, x) / function(x) - 1) for x in linspace(*interval, 401))
        print(f"{name}, {count} terms, relative error {float(error):.1e}")
        print("  " + ", ".join(repr(float(c)) for c in reversed(coefficients)))


def second(r):
    return (expm1(r) - r) / r**2 if abs(r) > mpf(10) ** -15 else mpf(1) / 2 + r / 6


def tail(z):
    s = sqrt(z)
    return 2 * (atanh(s) - s) / s**3 if z > mpf(10) ** -15 else mpf(2) / 3 + 2 * z / 5


def quotient(z):
    x = sqrt(z)
    return erf(x) / x if z > mpf(10) ** -15 else 2 / sqrt(mp.pi) * (1 - z / 3)


def scaled(t):
    if t > 1 - mpf(10) ** -6:
        return 2 / sqrt(mp.pi)
    x = mpf(15) / 4 * (1 + t) / (1 - t)
    if x < 50:
        return (1 + 2 * x) * exp(x * x) * erfc(x)
    inverse = 1 / (2 * x * x)
    series = mpf(1)
    term = mpf(1)
    for k in range(1, 25):
        term *= -(2 * k - 1) * inverse
        series += term
    return (1 + 2 * x) / (x * sqrt(mp.pi)) * series


half = log(2) / 2 * mpf("1.001")
s = (sqrt(2) - 1) / (sqrt(2) + 1) * mpf("1.001")
show("(e^r - 1 - r) / r^2", second, [-half, half], [6, 10])
show("2 (atanh s - s) / s^3 in s^2", tail, [0, s * s], [4, 7, 8])
show("erf(x) / x in x^2", quotient, [0, 1], [9, 10])
show("(1 + 2x) erfcx(x) in (x - 15/4) / (x + 15/4)", scaled, [-1, 1], [14, 15, 16])
