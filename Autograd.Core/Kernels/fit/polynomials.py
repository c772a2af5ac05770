#!/usr/bin/env python3
"""Fits the polynomials of VectorMath and writes ../Polynomials.cs:  python3 polynomials.py > ../Polynomials.cs

Each function is interpolated at the nodes of Chebyshev's polynomial, which is within a small factor of the best uniform
approximation, in 80-digit decimal arithmetic; the coefficients are then rounded to the element type. The greatest error of
the rounded polynomial relative to the function stands in the generated summary.
"""
import math
import struct
from decimal import Decimal, getcontext
from functools import lru_cache

getcontext().prec = 80
D = Decimal


def log1p_over_series(z):
    """R(z)/z with log(1+f) = 2s + s R(s^2), s = f/(2+f): the series 2/3 + 2/5 z + 2/7 z^2 + ..."""
    return sum(2 * (z**n if n else 1) / D(2 * n + 3) for n in range(60))


def exp_remainder(r):
    """(e^r - 1 - r)/r^2 = 1/2 + r/6 + r^2/24 + ..."""
    term, total = D(1) / 2, D(0)
    for n in range(3, 60):
        total += term
        term = term * r / n
    return total


def sine_remainder(z):
    """(sin(r)/r - 1)/r^2 in z = r^2: -1/3! + z/5! - z^2/7! + ..."""
    return sum((-1)**(n + 1) * (z**n if n else 1) / D(math.factorial(2 * n + 3)) for n in range(30))


def cosine_remainder(z):
    """(cos(r) - 1 + r^2/2)/r^4 in z = r^2: 1/4! - z/6! + z^2/8! - ..."""
    return sum((-1)**n * (z**n if n else 1) / D(math.factorial(2 * n + 4)) for n in range(30))


def pi():
    """Machin: pi = 16 atan(1/5) - 4 atan(1/239)."""
    def inverse_arctan(n):
        return sum((-1)**k / (D(2 * k + 1) * D(n)**(2 * k + 1)) for k in range(80))
    return 16 * inverse_arctan(5) - 4 * inverse_arctan(239)


PI = pi()


def erf_over_x(z):
    """erf(x)/x in z = x^2: 2/sqrt(pi) * sum (-z)^n/(n! (2n+1))."""
    term, total = D(1), D(0)
    for n in range(400):
        total += term / (2 * n + 1)
        term = -term * z / (n + 1)
        if abs(term) < D(10)**-78:
            break
    return 2 / PI.sqrt() * total


def tanh_over_x(x):
    """tanh(x)/x for x >= 0; near 0 by its series, 1 - x^2/3 + 2x^4/15 - ..."""
    if x < D('0.01'):
        z = x * x
        return 1 - z / 3 + 2 * z**2 / 15 - 17 * z**3 / 315 + 62 * z**4 / 2835 - 1382 * z**5 / 155925
    e = (2 * x).exp()
    return (e - 1) / (e + 1) / x


CENTRE = D('3.5')


@lru_cache(maxsize=None)
def scaled_erfc(t):
    """(1+2x) e^(x^2) erfc(x) in t = (x-c)/(x+c) over x >= 0 (the form of Shepherd and Laframboise, 1981)."""
    if t == 1:
        return 2 / PI.sqrt()
    x = CENTRE * (1 + t) / (1 - t)
    if x < 5:
        return (1 + 2 * x) * (x * x).exp() * (1 - x * erf_over_x(x * x))
    tail = x                     # continued fraction x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))
    for n in range(600, 0, -1):
        tail = x + D(n) / 2 / tail
    return (1 + 2 * x) / (PI.sqrt() * tail)


def interpolate(function, low, high, degree):
    """Coefficients of the interpolating polynomial, lowest first (Newton's divided differences, then expansion)."""
    nodes = [(low + high) / 2 + (high - low) / 2 * D(math.cos(math.pi * (2 * i + 1) / (2 * degree + 2))) for i in range(degree + 1)]
    table = [function(x) for x in nodes]
    for order in range(1, degree + 1):
        for i in range(degree, order - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - order])
    coefficients = [D(0)] * (degree + 1)
    for i in range(degree, -1, -1):
        shifted = [D(0)] + coefficients[:-1]
        coefficients = [s - nodes[i] * c for s, c in zip(shifted, coefficients)]
        coefficients[0] += table[i]
    return coefficients


def rounded(coefficient, single):
    value = float(coefficient)
    return struct.unpack("f", struct.pack("f", value))[0] if single else value


def error(function, low, high, coefficients):
    worst = D(0)
    for i in range(301):
        x = low + (high - low) * i / 300
        value = D(0)
        for c in reversed(coefficients):
            value = value * x + D(c)
        worst = max(worst, abs(value / function(x) - 1))
    return float(worst)


def literal(value, single):
    if not single:
        return repr(value)
    digits = 6
    while struct.unpack("f", struct.pack("f", float(f"%.{digits}g" % value)))[0] != value:
        digits += 1
    return f"%.{digits}gf" % value


def emit(name, formula, function, low, high, degrees):
    fits = []
    for single, degree in zip((True, False), degrees):
        coefficients = [rounded(c, single) for c in interpolate(function, D(low), D(high), degree)]
        fits.append((coefficients, error(function, D(low), D(high), coefficients)))
    print(f"""
    /// <summary>{formula}; relative error {fits[0][1]:.1e} (float), {fits[1][1]:.1e} (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> {name}<T>(Vector512<T> argument)
        where T : unmanaged
    {{""")
    for single, (coefficients, _) in zip((True, False), fits):
        if single:
            print("        if (typeof(T) == typeof(float))\n        {")
        emit_body(coefficients, single, "            " if single else "        ")
        if single:
            print("        }\n")
    print("    }")


def emit_double(name, formula, function, low, high, degree):
    """A polynomial in double precision that is as accurate as a single-precision result needs."""
    coefficients = [rounded(c, False) for c in interpolate(function, D(low), D(high), degree)]
    print(f"""
    /// <summary>{formula}; relative error {error(function, D(low), D(high), coefficients):.1e}.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> {name}(Vector512<double> z)
    {{
        var q = Vector512.Create({literal(coefficients[-1], False)});""")
    for c in reversed(coefficients[:-1]):
        print(f"        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create({literal(c, False)}));")
    print("        return q;\n    }")


def emit_body(coefficients, single, indent):
    """Horner's rule: Estrin's scheme is no faster, since iterations overlap, and its temporaries defeat the compiler's inlining."""
    kind = "float" if single else "double"
    variable, total = ("x", "p") if single else ("z", "q")       # C# does not let the two branches share names
    print(f"{indent}var {variable} = argument.As<T, {kind}>();")
    print(f"{indent}var {total} = Vector512.Create({literal(coefficients[-1], single)});")
    for c in reversed(coefficients[:-1]):
        print(f"{indent}{total} = Vector512.FusedMultiplyAdd({total}, {variable}, Vector512.Create({literal(c, single)}));")
    print(f"{indent}return {total}.As<{kind}, T>();")


def emit_pieces(name, formula, function, width, degree):
    """One polynomial for each sixteenth of the range, in Float32: piece k is about k*width, and its coefficients stand at lane k of as many vectors as there are degrees.
    The value in the middle comes in two parts, of which the greater one is not added: its product with x is."""
    half = D(width) / 2
    pieces, worst = [], 0.0
    for k in range(16):
        centre = k * D(width)
        local = lambda t, centre=centre: function(abs(centre + t))
        exact = interpolate(local, -half, half, degree)
        coefficients = [rounded(c, True) for c in exact]
        rest = rounded(exact[0] - D(coefficients[0]), True)
        worst = max(worst, error(local, -half, half, [coefficients[0] + rest] + coefficients[1:]))
        pieces.append([coefficients[0], rest] + coefficients[1:])
    print(f"""
    /// <summary>{formula}: what is to be added to the value in the middle; relative error of the sum {worst:.1e}.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> {name}(Vector512<float> t, Vector512<int> piece, out Vector512<float> middle)
    {{""")
    for d in range(degree + 1, -1, -1):
        values = ", ".join(literal(c[d], True) for c in pieces)
        term = f"Lanes.LookUp(Vector512.Create({values}), piece)"
        if d == 0:
            print(f"        middle = {term};")
        else:
            print(f"        var p = {term};" if d == degree + 1 else f"        p = Vector512.FusedMultiplyAdd(p, t, {term});")
    print("        return p;\n    }")


print("""// Written by fit/polynomials.py; change that, not this.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Polynomials of the vector functions by Horner's rule, with coefficients per element type.</summary>
internal static class Polynomials
{""", end="")
HALF_LN2 = D("0.3466")
emit("ExpRemainder", "(eʳ − 1 − r)/r² over |r| ≤ ½ ln 2", exp_remainder, -HALF_LN2, HALF_LN2, (5, 10))
emit("LogRemainder", "R(z)/z, where log(1 + f) = 2s + s·R(s²) and s = f/(2 + f), over √½ ≤ 1 + f ≤ √2", log1p_over_series, "0", "0.02944", (3, 7))
emit_double("ExpRemainderForPowers", "(eʳ − 1 − r)/r² over |r| ≤ ½ ln 2", exp_remainder, -HALF_LN2, HALF_LN2, 6)
emit_double("LogRemainderForPowers", "R(z)/z, as LogRemainder", log1p_over_series, "0", "0.02944", 4)
emit("SineRemainder", "(sin r/r − 1)/r² in r² over |r| ≤ π/4 and a little more", sine_remainder, "0", "0.65", (3, 7))
emit("CosineRemainder", "(cos r − 1 + r²/2)/r⁴ in r² over |r| ≤ π/4 and a little more", cosine_remainder, "0", "0.65", (2, 6))
emit("ErfOverX", "erf(x)/x in x² over |x| ≤ 1", erf_over_x, "0", "1", (6, 12))
emit("ScaledErfc", "(1 + 2x)·eˣ²·erfc x in (x − 3.5)/(x + 3.5) over x ≥ 0", scaled_erfc, "-1", "1", (11, 23))
emit_pieces("ErfOverXInPieces", "erf(x)/x at x = k/4 + t, |t| ≤ ⅛, for the lowest four bits k of the piece", lambda x: erf_over_x(x * x), "0.25", 5)
emit_pieces("TanhOverXInPieces", "tanh(x)/x at x = k·9/16 + t, |t| ≤ 9/32, for the lowest four bits k of the piece", tanh_over_x, "0.5625", 6)
print("}")
