"""Prints the coefficient tables of src/numerics: Chebyshev expansions at 60 digits, economised polynomials where that is well conditioned.

Run with Python 3 and mpmath; paste the printed arrays into the files that name them.
"""

from mpmath import bernoulli, cos, digamma, erf, erfc, exp, findroot, loggamma, lu_solve, matrix, mp, mpf, pi, polyroots, sqrt

mp.dps = 60


def chebyshev(function, low, high, count):
    """Chebyshev coefficients of `function` on [low, high], by the discrete cosine sum on 2 * count + 20 nodes."""
    nodes = 2 * count + 20
    angles = [pi * (k + mpf(1) / 2) / nodes for k in range(nodes)]
    values = [function((low + high) / 2 + (high - low) / 2 * cos(a)) for a in angles]
    sums = [sum(v * cos(j * a) for v, a in zip(values, angles)) for j in range(count)]
    return [(1 if j == 0 else 2) * s / nodes for j, s in enumerate(sums)]


def monomial(chebyshev_coefficients, low, high):
    """The same polynomial in powers of x."""
    count = len(chebyshev_coefficients)
    before, now = [mpf(1)], [mpf(0), mpf(1)]
    result = [mpf(0)] * count
    for j, c in enumerate(chebyshev_coefficients):
        term = before if j == 0 else now
        for i, t in enumerate(term):
            result[i] += c * t
        if j > 0:
            following = [mpf(0)] + [2 * t for t in now]
            for i, t in enumerate(before):
                following[i] -= t
            before, now = now, following
    # result is in powers of u = (2x - low - high) / (high - low)
    scale, shift = 2 / (high - low), -(low + high) / (high - low)
    powers, output = [mpf(1)], [mpf(0)] * count
    for c in result:
        for i, p in enumerate(powers):
            output[i] += c * p
        following = [mpf(0)] * (len(powers) + 1)
        for i, p in enumerate(powers):
            following[i] += shift * p
            following[i + 1] += scale * p
        powers = following
    return output


def show(name, values):
    print(name)
    print("  " + ", ".join(repr(float(v)) for v in values))


def split(value):
    high = mpf(float(value))
    return [high, value - high]


def erfcx_in_t(t):
    x = mpf(15) / 4 * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def kronrod(n):
    """Nodes and weights of the Gauss-Legendre rule of n points and of its Kronrod extension, non-negative half, outermost first."""
    x_moment = lambda k: mpf(0) if k % 2 else mpf(2) / (k + 1)
    # Legendre polynomial in powers of x
    p0, p1 = [mpf(1)], [mpf(0), mpf(1)]
    for k in range(1, n):
        p2 = [mpf(0)] + [(2 * k + 1) * c / (k + 1) for c in p1]
        for i, c in enumerate(p0):
            p2[i] -= k * c / (k + 1)
        p0, p1 = p1, p2
    # Stieltjes polynomial E of degree n + 1: the integral of P_n E x^k vanishes for k = 0 .. n
    degree = n + 1
    rows = [[sum(c * x_moment(i + j + k) for i, c in enumerate(p1)) for j in range(degree)] for k in range(n + 1)]
    right = [-sum(c * x_moment(i + degree + k) for i, c in enumerate(p1)) for k in range(n + 1)]
    # parity makes half of the equations empty: keep those that matter
    unknown = [j for j in range(degree) if (j - degree) % 2 == 0]
    kept = [k for k in range(n + 1) if any(rows[k][j] != 0 for j in unknown) or right[k] != 0][: len(unknown)]
    solution = lu_solve(matrix([[rows[k][j] for j in unknown] for k in kept]), matrix([right[k] for k in kept]))
    stieltjes = [mpf(0)] * degree + [mpf(1)]
    for j, v in zip(unknown, solution):
        stieltjes[j] = v
    roots = lambda c: sorted((r.real for r in polyroots(c[::-1], maxsteps=500, extraprec=400)), reverse=True)
    gauss = roots(p1)
    every = sorted(gauss + roots(stieltjes), reverse=True)

    def weights(nodes):
        m = len(nodes)
        return list(lu_solve(matrix([[x**k for x in nodes] for k in range(m)]), matrix([x_moment(k) for k in range(m)])))

    return every, weights(every), gauss, weights(gauss)


if __name__ == "__main__":
    show("erf.ts: erf(x) / x in powers of x^2 on [0, 1]", monomial(chebyshev(lambda s: erf(sqrt(s)) / sqrt(s), mpf(0), mpf(1), 14), mpf(0), mpf(1)))
    show("erf.ts: (1 + 2x) erfcx(x), Chebyshev in t = (x - 3.75) / (x + 3.75)", chebyshev(erfcx_in_t, mpf(-1), mpf(1), 26))
    half = mpf(1) / 2
    show("lgamma.ts: lgamma(2 + t) / t in powers of t on [-1/2, 1/2]", monomial(chebyshev(lambda t: loggamma(2 + t) / t, -half, half, 20), -half, half))
    root = findroot(digamma, mpf("1.4616"))
    show("digamma.ts: root, two parts", split(root))
    show("digamma.ts: digamma(3/2 + t) / (3/2 + t - root) in powers of t on [-1/2, 1/2]", monomial(chebyshev(lambda t: digamma(3 * half + t) / (3 * half + t - root), -half, half, 23), -half, half))
    show("digamma.ts: B(2k) / 2k", [bernoulli(2 * k) / (2 * k) for k in range(1, 12)])
    show("hurwitzZeta.ts: B(2k) / (2k)!", [bernoulli(2 * k) / mp.factorial(2 * k) for k in range(1, 13)])
    show("stirlingError.ts: B(2k) / (2k (2k - 1))", [bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 12)])
    nodes, weights, gauss_nodes, gauss_weights = kronrod(10)
    show("quadrature.ts: Kronrod nodes", nodes[:11])
    show("quadrature.ts: Kronrod weights", weights[:11])
    show("quadrature.ts: Gauss nodes", gauss_nodes[:5])
    show("quadrature.ts: Gauss weights", gauss_weights[:5])
