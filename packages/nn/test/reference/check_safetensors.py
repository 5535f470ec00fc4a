"""
Reads and writes safetensors with nothing but struct and json, apart from our code.

    python3 check_safetensors.py FILE...        prints what is in files, a line a tensor, and exits with 1 where one breaks the format
    python3 check_safetensors.py --write FILE   writes a file of every element type, its entries in another order than we write them

Where PyTorch is at hand, numbers are also read by torch.frombuffer and compared.
"""

import json
import struct
import sys

CODES = {
    "F64": "d", "F32": "f", "F16": "e", "I64": "q", "U64": "Q", "I32": "i", "U32": "I",
    "I16": "h", "U16": "H", "I8": "b", "U8": "B", "BOOL": "?", "BF16": "H",
}  # fmt: skip


def once(pairs):
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), f"a name twice: {keys}"
    return dict(pairs)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    assert 8 + length <= len(data), "header longer than the file"
    assert length % 8 == 0, "data not aligned"
    header = json.loads(data[8 : 8 + length].decode("utf-8"), object_pairs_hook=once)
    body = data[8 + length :]
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values())
    tensors, behind = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        size = 1
        for extent in entry["shape"]:
            size *= extent
        code = CODES[entry["dtype"]]
        assert begin == behind, f"gap or overlap at {name}"
        assert end - begin == size * struct.calcsize(code), f"wrong size of {name}"
        assert begin % struct.calcsize(code) == 0, f"{name} not aligned"
        behind = end
        tensors[name] = (entry["dtype"], entry["shape"], struct.unpack(f"<{size}{code}", body[begin:end]))
    assert behind == len(body), "bytes that nothing uses"
    return tensors, metadata, body, header


def write(path):
    values = {"F64": [0.1, -0.0], "F32": [0.5, 3], "F16": [1.5, -65504], "BF16": [0x3F80, 0xC000], "I64": [-7, 2**31 - 1],
              "U64": [0, 9], "I32": [-(2**31), 5], "U32": [0, 2**31 - 1], "I16": [-32768, 7], "U16": [65535, 0],
              "I8": [-128, 127], "U8": [255, 0], "BOOL": [True, False]}  # fmt: skip
    header, body = {}, b""
    for dtype in sorted(values, key=lambda dtype: (-struct.calcsize(CODES[dtype]), dtype)):
        packed = struct.pack(f"<2{CODES[dtype]}", *values[dtype])
        header[f"a {dtype}"] = {"shape": [2, 1], "data_offsets": [len(body), len(body) + len(packed)], "dtype": dtype}
        body += packed
    reordered = {name: header[name] for name in sorted(header)}
    text = json.dumps({**reordered, "__metadata__": {"made by": "python"}}).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def compare_with_torch(path, tensors, body, header):
    try:
        import torch
    except ImportError:
        return
    dtypes = {"F64": torch.float64, "F32": torch.float32, "I32": torch.int32, "BOOL": torch.bool}
    for name, (dtype, shape, values) in tensors.items():
        if dtype not in dtypes or not values:
            continue
        begin, end = header[name]["data_offsets"]
        found = torch.frombuffer(bytearray(body[begin:end]), dtype=dtypes[dtype]).reshape(shape)
        aim = torch.tensor(values, dtype=dtypes[dtype]).reshape(shape)
        assert torch.equal(torch.nan_to_num(found), torch.nan_to_num(aim)), f"{path}: {name}"


if sys.argv[1] == "--write":
    write(sys.argv[2])
else:
    for path in sys.argv[1:]:
        tensors, metadata, body, header = read(path)
        compare_with_torch(path, tensors, body, header)
        for name, (dtype, shape, values) in tensors.items():
            print(json.dumps(name), dtype, shape, list(values[:6]))
        print(json.dumps({key: value[:60] for key, value in metadata.items()}, sort_keys=True))
