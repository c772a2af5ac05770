"""Writes the array files of this folder with NumPy: python3 make_fixtures.py"""
import os

import numpy as np
from numpy.lib import format as npy

here = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(here, name)


ramp = np.arange(6).reshape(2, 3)
for name in ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64"]:
    values = ramp % 2 == 1 if name == "bool" else ramp - 2 if name.startswith("int") else ramp * 7 if name.startswith("uint") else (ramp - 2) / 4
    np.save(path(f"{name}.npy"), values.astype(name))

for name in ["int16", "int32", "int64", "uint32", "float16", "float32", "float64"]:
    np.save(path(f"big_{name}.npy"), ((ramp - 2) * 300 if name != "uint32" else ramp * 70000).astype(np.dtype(name).newbyteorder(">")))

np.save(path("scalar.npy"), np.float64(2.5))
np.save(path("empty.npy"), np.zeros((0, 3), "float32"))
np.save(path("vector.npy"), np.arange(5.0))
np.save(path("fortran.npy"), np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
np.save(path("special.npy"), np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, np.finfo("float64").max]))
np.save(path("uint64_beyond.npy"), np.array([2**63], "uint64"))
np.save(path("complex.npy"), np.array([1 + 2j]))
np.save(path("text.npy"), np.array(["a", "b"]))
np.save(path("date.npy"), np.array(["2020-01-01"], "datetime64[D]"))
np.save(path("fields.npy"), np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")]))
np.save(path("object.npy"), np.array([{"a": 1}], object), allow_pickle=True)

for version in [(2, 0), (3, 0)]:
    with open(path(f"version_{version[0]}.npy"), "wb") as file:
        npy.write_array(file, np.arange(4.0), version=version)

np.savez(path("two.npz"), a=np.arange(3.0), b=np.array([True, False]))
np.savez_compressed(path("compressed.npz"), weights=np.zeros((40, 50), "float32"), steps=np.int64(7))
