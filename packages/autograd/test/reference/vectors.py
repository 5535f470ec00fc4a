"""Writes vectors.json: arguments and exact values, each as the nearest double and what it lacks, for the functions that WebAssembly computes in f64.

Run with Python 3 and mpmath from this folder. The arguments are fixed by their seed; of many, those near the ends of each reduction are drawn most.
"""

import json
import math
import random

from mpmath import exp, expm1, log, log1p, mp, mpf, sech, tanh

mp.prec = 200

functions = {
    "exp": exp,
    "expm1": expm1,
    "exp2": lambda x: mpf(2) ** x,
    "log": log,
    "log1p": log1p,
    "tanh": tanh,
    "sech": sech,
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "logisticDensity": lambda x: 1 / ((1 + exp(-x)) * (1 + exp(x))),
    "softplus": lambda x: log1p(exp(x)),
}


def arguments(name, draw):
    halves = [(k + 0.5) * math.log(2) + draw.uniform(-1e-2, 1e-2) for k in range(-6, 6)]
    wide = [draw.choice([-1, 1]) * 2 ** draw.uniform(-60, 9.4) for _ in range(30)]
    near = [draw.uniform(-1, 1) for _ in range(40)] + [draw.uniform(-40, 40) for _ in range(20)]
    ends = [-745.1, -744.0, -708.5, -700.0, 700.0, 709.5, 709.78, 5e-324, -1e-310, 0.5486473199213704, 0.3643464231360445]
    values = halves + wide + near + ends
    if name == "exp2":
        values += [3.0, -7.0, 1023.9, -1074.0, -1060.25]
    if name == "log":
        values = [abs(x) for x in values] + [2 ** draw.uniform(-1074, 1024) for _ in range(30)] + [1 + 2**-52, 1 - 2**-53]
    if name == "log1p":
        values = [x for x in values if x > -1] + [2 ** draw.uniform(0, 1024) for _ in range(20)] + [-1 + 2**-53]
    return values


table = {}
for name, function in functions.items():
    rows = []
    for x in arguments(name, random.Random(7)):
        exact = function(mpf(x))
        high = float(exact)
        if math.isfinite(high):
            rows.append([x, high, float(exact - mpf(high))])
    table[name] = rows

with open("vectors.json", "w") as file:
    json.dump(table, file)
    file.write("\n")
