"""Writes mpmath.json beside it: what mpmath (1.3.0 and 1.4.1 alike) says, with 60 digits, of the integrals that purchase models rest on.

alivePurchases: E[Y(t)] of a customer alive, by the hypergeometric formula of Fader, Hardie, Lee (2005), eq. 10.
decayIntegral: log of the integral of (α + u)^-p (β + u)^-q, by quadrature.
gompertzIntegral: log of the integral of e^(g b u) (α + u)^-p ((β + e^(b u) - 1) / b)^-q, by quadrature over another variable.

    python make-golden.py
"""

import json
import pathlib
import random

from mpmath import mp, mpf

mp.dps = 60
random.seed(5)


def size(low, high):
    return 10 ** random.uniform(low, high)


def alive_purchases(k, rate, a, b, t):
    z, c = t / (rate + t), a + b - 1
    return c / (a - 1) * (1 - (1 - z) ** k * mp.hyp2f1(k, b, c, z))


def decay_integral(alpha, beta, p, q, start, end):
    near = min(alpha, beta)
    low, high = mp.log(near + start), mp.log(near + end)
    edges = [low + (high - low) * i / 100 for i in range(101)]
    return mp.log(mp.quad(lambda v: (alpha - near + mp.exp(v)) ** -p * (beta - near + mp.exp(v)) ** -q * mp.exp(v), edges))


def gompertz_integral(alpha, p, b, beta, q, growth, start, end):
    def integrand(u):
        return mp.exp(growth * b * u) * (alpha + u) ** -p * ((beta + mp.expm1(b * u)) / b) ** -q

    near = min(alpha, beta / b, 1 / b, end - start) / 20
    low, high = mp.log(near), mp.log(near + end - start)
    edges = [start + mp.exp(low + (high - low) * i / 80) - near for i in range(81)]
    return mp.log(mp.quad(integrand, edges))


def golden(function, cases):
    return [[list(case), float(function(*map(mpf, case)))] for case in cases]


customers = [(size(-1, 0.8), size(-1, 1.5), size(-1.5, 0.7), size(-1, 1), size(0, 2)) for _ in range(30)]
customers += [(size(0, 2.5), size(0, 2), size(-2, 0.7), size(0, 2.5), size(0, 2)) for _ in range(20)]  # many purchases
customers += [(size(-1, 1), size(-3, 0), size(-2, 0.5), size(-1, 1), size(1, 3)) for _ in range(15)]  # far beyond the history
customers += [(size(1, 3), size(1, 3), size(-1, 0.5), size(-1, 0.5), size(0, 2)) for _ in range(10)]  # all buy alike
customers += [(0.24, 10.0, size(-6, -2), size(1, 4), 39.0) for _ in range(8)]  # nobody leaves
customers += [(size(-0.5, 1), size(0, 1), size(1.3, 2), size(1.3, 2), size(0, 1)) for _ in range(8)]  # all leave alike
mp.dps = 30
integrals = []
for _ in range(40):
    start = random.choice([0.0, size(-1, 1.5)])
    integrals.append((size(-3, 3), size(-3, 3), size(-1, 2.3), size(0, 0.8), start, start + size(-1, 2)))
integrals += [(10.0, 1e6, 3.0, 5e4, 5.0, 40.0), (1e5, 10.0, 4e4, 1.5, 0.0, 30.0)]
result = {"decayIntegral": golden(decay_integral, integrals)}
mp.dps = 60
result["alivePurchases"] = golden(alive_purchases, customers)
mp.dps = 30
lifetimes = []
for _ in range(40):
    start = random.choice([0.0, size(-1, 1.5)])
    powers = (size(-1, 2), size(-4, 0.5), size(-4, 2), size(-1, 0.8), random.choice([0, 1]))
    lifetimes.append((size(-2, 3), *powers, start, start + size(-1, 2)))
lifetimes += [(10.578, 0.0, 0.0002, 0.0026, 0.603, 0, 0.0, 39.0), (0.5, 200.0, 1.0, 5.0, 1.6, 1, 30.0, 39.0)]
result["gompertzIntegral"] = golden(gompertz_integral, lifetimes)
lines = [f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]" for name, rows in result.items()]
pathlib.Path(__file__).with_name("mpmath.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
