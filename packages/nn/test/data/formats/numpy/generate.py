"""
Writes files of numpy's that the tests read, and checks files that our code wrote.

    python3 generate.py                 writes arrays.json, the bytes of .npy and .npz files beside what is in them
    python3 generate.py --check FILE... prints what numpy reads from files, pickles refused
"""

import base64
import io
import json
import pathlib
import sys

import numpy as np

NUMBERS = {
    "b1": [True, False, True, True, False, True],
    "i1": [-128, -1, 0, 1, 2, 127],
    "i2": [-32768, -300, 0, 1, 300, 32767],
    "i4": [-(2**31), -70000, 0, 1, 70000, 2**31 - 1],
    "i8": [-(2**31), -1, 0, 1, 5, 2**31 - 1],
    "u1": [0, 1, 2, 127, 128, 255],
    "u2": [0, 1, 300, 32768, 40000, 65535],
    "u4": [0, 1, 2, 3, 70000, 2**31 - 1],
    "u8": [0, 1, 2, 3, 70000, 2**31 - 1],
    "f2": [0.0, -1.5, 65504.0, 2.0**-24, 0.333251953125, -0.0],
    "f4": [0.0, -1.5, 3.4028234663852886e38, 1.401298464324817e-45, 0.3333333432674408, -0.0],
    "f8": [0.0, -1.5, 1.7976931348623157e308, 5e-324, 1 / 3, -0.0],
}


def encode(write):
    file = io.BytesIO()
    write(file)
    return base64.b64encode(file.getvalue()).decode()


def npy(array, version=None):
    return encode(lambda file: np.lib.format.write_array(file, array, version, allow_pickle=True))


def entry(array, version=None):
    return {
        "descr": array.dtype.str,
        "shape": list(array.shape),
        "values": array.astype("f8").ravel().tolist(),
        "file": npy(array, version),
    }


def main():
    arrays = []
    for code, numbers in NUMBERS.items():
        for order in "<>":
            arrays.append(entry(np.array(numbers, order + code).reshape(2, 3)))
    cube = np.arange(24, dtype="<f4").reshape(2, 3, 4)
    arrays.append(entry(np.asfortranarray(cube)))
    arrays.append(entry(np.asfortranarray(cube.astype(">i2"))))
    arrays.append(entry(cube.transpose(1, 2, 0)))
    arrays.append(entry(np.array(2.5)))
    arrays.append(entry(np.zeros((3, 0, 2))))
    arrays.append(entry(np.array([7])))
    arrays += [entry(cube[0], version) for version in [(1, 0), (2, 0), (3, 0)]]
    refused = {
        "complex": npy(np.array([1j])),
        "text": npy(np.array(["a", "bc"])),
        "bytes": npy(np.array([b"ab"])),
        "objects": npy(np.array([{}], object)),
        "structures": npy(np.zeros(2, [("a", "<f4"), ("b", "<i4")])),
        "dates": npy(np.array(["2020-01-01"], "M8[D]")),
        "long doubles": npy(np.array([1], np.longdouble)),
        "i8 too wide": npy(np.array([0, 2**31])),
        "u4 too wide": npy(np.array([2**32 - 1], "u4")),
        "i8 beyond f64": npy(np.array([2**53 + 1])),
    }
    named = {"weights": np.arange(6.0).reshape(2, 3), "labels": np.array([3, 1, 2]), "__proto__": np.float32(1)}
    out = {
        "arrays": arrays,
        "refused": refused,
        "npz": encode(lambda file: np.savez(file, **named)),
        "compressed": encode(lambda file: np.savez_compressed(file, **named, zeros=np.zeros(5000))),
    }
    path = pathlib.Path(__file__).parent / "arrays.json"
    path.write_text(json.dumps(out, indent=1) + "\n")


def check(paths):
    for path in paths:
        loaded = np.load(path, allow_pickle=False)
        arrays = {"": loaded} if isinstance(loaded, np.ndarray) else dict(loaded.items())
        for name, array in arrays.items():
            print(path, name, array.dtype.str, array.shape, array.ravel().tolist())


if __name__ == "__main__":
    check(sys.argv[2:]) if sys.argv[1:2] == ["--check"] else main()
