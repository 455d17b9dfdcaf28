"""Writes mpmath.json beside it: arguments drawn from a fixed seed and what mpmath says of them with 60 digits.

A row is [arguments, value as the nearest double, what that double leaves over]. Run with mpmath 1.4.1:

    python make-golden.py
"""

import json
import math
import pathlib
import random

from mpmath import mp, mpf

mp.dps = 60
mp.prec = 1200  # angles up to 1e300 need their 1000 bits of π
random.seed(20)
GOLDEN = {}


def split(value):
    value = value.real if hasattr(value, "real") else value
    nearest = float(value)
    return [nearest, float(value - mpf(nearest))]


def golden(name, function, arguments):
    rows = [list(a) if isinstance(a, tuple) else [a] for a in arguments]
    GOLDEN[name] = [[row, *split(function(*map(mpf, row)))] for row in rows]


def uniform(low, high, count=40):
    return [random.uniform(low, high) for _ in range(count)]


def powers(low, high, count=40, signs=(1,)):
    return [random.choice(signs) * 10 ** random.uniform(low, high) for _ in range(count)]


both = (-1, 1)
angles = uniform(-100, 100) + powers(-10, 300, signs=both) + [k * math.pi / 2 for k in (1, 2, 3, 4, 355, 710, 99999)]
golden("exp", mp.exp, uniform(-740, 709) + uniform(-1, 1) + powers(-20, 0, signs=both))
golden("expm1", mp.expm1, uniform(-5, 5) + powers(-18, 0, signs=both))
golden("log", mp.log, powers(-320, 308) + uniform(0.5, 2) + uniform(0.99, 1.01))
golden("log1p", mp.log1p, uniform(-0.999, 5) + powers(-18, -0.1, signs=both))
golden("sin", mp.sin, angles)
golden("cos", mp.cos, angles)
golden("tan", mp.tan, angles)
golden("atan", mp.atan, uniform(-1.2, 1.2) + powers(-10, 10, signs=both))
golden("tanh", mp.tanh, uniform(-3, 3) + powers(-10, 1.2, signs=both))
golden("sigmoid", lambda x: 1 / (1 + mp.exp(-x)), uniform(-40, 40) + uniform(-3, 3))
golden("softplus", lambda x: mp.log1p(mp.exp(x)), uniform(-40, 40) + uniform(-3, 3))
golden(
    "pow",
    mp.power,
    list(zip(powers(-5, 5), uniform(-50, 50)))
    + list(zip(uniform(0.5, 2), uniform(-900, 900)))
    + list(zip(uniform(0.9, 1.1), [float(random.randint(-3000, 3000)) for _ in range(40)]))
    + list(zip(powers(-320, -300), uniform(-1, 1))),
)

mp.prec = 200
golden("lgamma", mp.loggamma, powers(-10, 8) + uniform(0.2, 12) + [k + d for k in (1, 2) for d in powers(-8, -1, 20, both)])
golden("digamma", mp.digamma, powers(-5, 8))
golden("trigamma", lambda x: mp.psi(1, x), powers(-5, 8))
golden("lbeta", lambda a, b: mp.log(mp.beta(a, b)), list(zip(powers(-5, 6, 60), powers(-5, 6, 60))))
shapes = powers(-2, 4, 60)
around = [(a, a * math.exp(random.gauss(0, 1.5 / math.sqrt(a)))) for a in shapes]
golden("gammaP", lambda a, x: mp.gammainc(a, 0, x, regularized=True), around)
golden("gammaQ", lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True), around)
pairs = list(zip(powers(-1, 3, 60), powers(-1, 3, 60)))
middle = [
    (a, b, min(0.9999, max(1e-4, random.gauss(a / (a + b), 2 * math.sqrt(a * b / (a + b + 1)) / (a + b))))) for a, b in pairs
]
golden("betaI", lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True), middle)
golden("erf", mp.erf, uniform(-4, 4) + powers(-10, 0))
golden("erfc", mp.erfc, uniform(-4, 26))
golden("normalCdf", mp.ncdf, uniform(-36, 6))
golden("normalQuantile", lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1), uniform(0.001, 0.999) + powers(-40, -3))
hyper = [(*powers(-1, 1.2, 3), random.choice([random.uniform(0, 0.9), 1 - 10 ** random.uniform(-8, -1)])) for _ in range(60)]
hyper += [(0.24 + x, 2.4 + x, 2.19 + x, 0.7) for x in range(0, 300, 20)]
hyper += [(1.0 + x, 2.0, 3.0, 1 - 10 ** random.uniform(-6, -1)) for x in range(20)]
golden("hyp2f1", mp.hyp2f1, hyper)

target = pathlib.Path(__file__).with_name("mpmath.json")
lines = [f"  {json.dumps(name)}: [\n" + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]" for name, rows in GOLDEN.items()]
target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
