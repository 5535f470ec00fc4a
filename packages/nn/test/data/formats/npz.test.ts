import { type Tensor, tensor } from "@isograd/autograd";
import { readNpz, writeNpz } from "@isograd/nn/formats";
import fc from "fast-check";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { damagedBytes, readsOrRefuses } from "./damaged.ts";
import { fromBase64, numpy } from "./numpy/arrays.ts";

const some = {
  weights: tensor([[0, 1, 2], [3, 4, 5]], { dtype: "f64" }), // biome-ignore format: two rows
  labels: tensor([3, 1, 2], { dtype: "i32" }),
  "a/../é": tensor(2.5),
};

const plain = (arrays: Readonly<Record<string, Tensor>>) =>
  Object.entries(arrays).map(([name, x]) => [name, x.dtype, x.shape, Array.from(x.values())]);

const messageOf = (read: () => unknown): string => {
  try {
    return `read ${Object.keys(read() as object)}`;
  } catch (error) {
    return String(error);
  }
};

/** A changed copy; fields are found from where a signature stands. */
function changed(
  file: Uint8Array,
  signature: number,
  change: (view: DataView, at: number) => void,
): Uint8Array {
  const copy = Uint8Array.from(file);
  const view = new DataView(copy.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== signature) at++;
  change(view, at);
  return copy;
}
const [local, entry, end] = [0x04034b50, 0x02014b50, 0x06054b50];

describe("readNpz", () => {
  it("reads what numpy writes, packed or not", () => {
    const expected = [
      ["weights", "f64", [2, 3], [0, 1, 2, 3, 4, 5]],
      ["labels", "i32", [3], [3, 1, 2]],
      ["__proto__", "f32", [], [1]],
    ];
    expect(plain(readNpz(fromBase64(numpy.npz)))).toEqual(expected);
    const { zeros, ...others } = readNpz(fromBase64(numpy.compressed));
    expect(zeros.values()).toEqual(new Float64Array(5000));
    expect(plain(others)).toEqual(expected);
  });

  it("reads no arrays", () => {
    expect(readNpz(writeNpz({}))).toEqual(Object.create(null));
  });

  it("says what is wrong with archives", () => {
    const file = writeNpz(some);
    const packed = writeNpz(some, { compress: true });
    const twice = zipSync({ "a.npy": new Uint8Array(0), "b.npy": new Uint8Array(0) });
    for (let k = 0; k < twice.length; k++) if (twice[k] === 0x62 && twice[k + 1] === 0x2e) twice[k] = 0x61;
    const malformed: Readonly<Record<string, Uint8Array>> = {
      "no bytes": new Uint8Array(0),
      "no archive": file.subarray(0, 200),
      "more behind it": Uint8Array.from([...file, 0]),
      "another file in it": zipSync({ "readme.txt": new Uint8Array(3) }),
      "no array in it": zipSync({ "a.npy": new Uint8Array(30) }),
      "a name twice": twice,
      encrypted: changed(file, entry, (view, at) => view.setUint16(at + 8, 1, true)),
      "another method": changed(file, entry, (view, at) => view.setUint16(at + 10, 12, true)),
      "a size of gigabytes": changed(packed, entry, (view, at) => view.setUint32(at + 24, 0x30000000, true)),
      "a size a little too small": changed(packed, entry, (view, at) => view.setUint32(at + 24, 175, true)),
      "a size a little too large": changed(packed, entry, (view, at) => view.setUint32(at + 24, 177, true)),
      "a stored size that is not": changed(file, entry, (view, at) => view.setUint32(at + 24, 177, true)),
      "a packed size beyond all": changed(file, entry, (view, at) => view.setUint32(at + 20, 1 << 20, true)),
      "a checksum": changed(file, entry, (view, at) => view.setUint32(at + 16, 1, true)),
      "another name at its place": changed(file, local, (view, at) => view.setUint8(at + 30, 0x57)),
      "a place that is none": changed(file, entry, (view, at) => view.setUint32(at + 42, 3, true)),
      "files over each other": changed(packed, entry, (view, at) => view.setUint32(at + 20, 120, true)),
      zip64: changed(file, entry, (view, at) => view.setUint32(at + 42, 0xffffffff, true)),
      "more files than there are": changed(file, end, (view, at) => {
        view.setUint16(at + 8, 4, true);
        view.setUint16(at + 10, 4, true);
      }),
      "fewer files than there are": changed(file, end, (view, at) => {
        view.setUint16(at + 8, 2, true);
        view.setUint16(at + 10, 2, true);
      }),
      "a part of several": changed(file, end, (view, at) => view.setUint16(at + 4, 1, true)),
      "names in no encoding": changed(file, entry, (view, at) => view.setUint8(at + 46, 0xff)),
    };
    const messages = Object.entries(malformed).map(
      ([name, bytes]) => `${name}: ${messageOf(() => readNpz(bytes))}`,
    );
    expect(messages).toMatchInlineSnapshot(`
      [
        "no bytes: ArgumentError: readNpz: expected a whole zip archive with a directory at its end, got "0 bytes"",
        "no archive: ArgumentError: readNpz: expected a whole zip archive with a directory at its end, got "200 bytes"",
        "more behind it: ArgumentError: readNpz: expected a whole zip archive with a directory at its end, got "763 bytes"",
        "another file in it: ArgumentError: readNpz: expected .npy files in the archive, and nothing else, got "readme.txt"",
        "no array in it: ArgumentError: readNpz["a"]: expected a file that begins as .npy files do, with \\x93NUMPY, got "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"",
        "a name twice: ArgumentError: readNpz: expected a whole zip archive with each name once, got "a.npy"",
        "encrypted: ArgumentError: readNpz: expected a whole zip archive with files that are not encrypted, got "weights.npy"",
        "another method: ArgumentError: readNpz: expected a whole zip archive with files packed by DEFLATE or not at all, got "method 12"",
        "a size of gigabytes: ArgumentError: readNpz: expected "weights" to be whole, got "805306368 bytes from 87"",
        "a size a little too small: ArgumentError: readNpz: expected "weights" to be whole, got "other than its 175 bytes"",
        "a size a little too large: ArgumentError: readNpz: expected "weights" to be whole, got "other than its 177 bytes"",
        "a stored size that is not: ArgumentError: readNpz: expected 177 bytes of "weights", got 176",
        "a packed size beyond all: ArgumentError: readNpz: expected a whole zip archive with files before its directory, got "weights.npy"",
        "a checksum: ArgumentError: readNpz: expected "weights" to be whole, got "another checksum"",
        "another name at its place: ArgumentError: readNpz: expected a whole zip archive with files of the names that its directory has, got "weights.npy"",
        "a place that is none: ArgumentError: readNpz: expected a whole zip archive with a file where its directory says, got "weights.npy"",
        "files over each other: ArgumentError: readNpz: expected a whole zip archive with files that lie apart, got "labels.npy"",
        "zip64: ArgumentError: readNpz: expected a whole zip archive with less than 4 gigabytes, got "zip64"",
        "more files than there are: ArgumentError: readNpz: expected a whole zip archive with 4 files, as it says, got 3",
        "fewer files than there are: ArgumentError: readNpz: expected a whole zip archive with 2 files, as it says, got "more"",
        "a part of several: ArgumentError: readNpz: expected a whole zip archive with all its files in one part, got 1",
        "names in no encoding: ArgumentError: readNpz: expected a whole zip archive with names in UTF-8, got "other bytes at 616"",
      ]
    `);
  });

  it("unpacks no more than it is told to", () => {
    const bomb = writeNpz({ a: tensor(new Float32Array(50_000)), b: tensor(1) }, { compress: true });
    expect(bomb.length).toBeLessThan(1200);
    expect(() => readNpz(bomb, { maxBytes: 200_000 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readNpz: expected arrays of at most maxBytes, 200000, got 200260]`,
    );
    expect(readNpz(bomb, { maxBytes: 200_260 }).a.size).toBe(50_000);
  });

  it("asks for a limit that is a number", () => {
    expect(() => readNpz(writeNpz({}), { maxBytes: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readNpz: expected a number of bytes as maxBytes, got NaN]`,
    );
  });

  it("names the array whose numbers it refuses", () => {
    const file = zipSync({ "labels.npy": fromBase64(numpy.refused["i8 too wide"]) });
    expect(() => readNpz(file)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readNpz["labels"]: expected numbers that i32 holds in "array" at element 1, got 2147483648]`,
    );
    expect(readNpz(file, { wideIntegers: "f64" }).labels.toArray()).toEqual([0, 2 ** 31]);
  });

  it("refuses damaged archives, or reads them right", () => {
    for (const compress of [false, true]) {
      const file = writeNpz(some, { compress });
      fc.assert(
        fc.property(damagedBytes(file), (bytes) => {
          readsOrRefuses(
            () => readNpz(bytes),
            (arrays) => {
              const numbers = plain(arrays).map(([, ...what]) => what);
              expect(numbers).toEqual(plain(some).map(([, ...what]) => what));
            },
          );
        }),
        { numRuns: 300 },
      );
    }
  });
});

describe("writeNpz", () => {
  it("writes what readNpz and others read, packed or not, the same each time", () => {
    for (const compress of [false, true]) {
      const file = writeNpz(some, { compress });
      expect(file).toEqual(writeNpz(some, { compress }));
      expect(plain(readNpz(file))).toEqual(plain(some));
      const unzipped = unzipSync(file);
      expect(Object.keys(unzipped)).toEqual(["weights.npy", "labels.npy", "a/../é.npy"]);
      expect(strFromU8(unzipped["labels.npy"].subarray(10, 70))).toContain("'descr': '<i4'");
    }
  });

  it("keeps every name", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 5 }), { maxLength: 4 }), (list) => {
        const arrays: Record<string, Tensor> = Object.create(null);
        for (const name of ["__proto__", ...list]) arrays[name] = tensor(list.indexOf(name));
        expect(new Map(plain(readNpz(writeNpz(arrays))).map(([name, , , value]) => [name, value]))).toEqual(
          new Map(plain(arrays).map(([name, , , value]) => [name, value])),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("says what cannot be written", () => {
    expect(() => writeNpz({ a: 1 as unknown as Tensor })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: writeNpz["a"]: expected a tensor, got 1]`,
    );
    expect(() => writeNpz({ "\ud800": tensor(1) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: writeNpz: expected names of whole characters, got "\\ud800"]`,
    );
    expect(() => writeNpz({ ["x".repeat(70_000)]: tensor(1) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: writeNpz: expected names that a zip archive has room for, got "filename too long"]`,
    );
  });
});
