import { cast, type Dtype, permute, type Tensor, tensor } from "@isograd/autograd";
import { shapes, tensors } from "@isograd/autograd/fast-check";
import { readNpy, writeNpy } from "@isograd/nn/formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damagedBytes, readsOrRefuses } from "./damaged.ts";
import { fromBase64, numpy } from "./numpy/arrays.ts";

/** A file of any header and any bytes behind it. */
function npyFile(header: string, data: readonly number[] = [], version = 1): Uint8Array {
  const length =
    version === 1
      ? [header.length & 255, header.length >> 8]
      : [header.length & 255, header.length >> 8, 0, 0];
  return Uint8Array.from([
    ...Buffer.from("\x93NUMPY", "latin1"),
    version,
    0,
    ...length,
    ...Buffer.from(header, "latin1"),
    ...data,
  ]);
}

const header = (descr: string, shape: string, isFortran = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${isFortran}, 'shape': ${shape}, }\n`;

const dtypes: Readonly<Record<string, Dtype>> = { b1: "bool", f2: "f32", f4: "f32", f8: "f64" };

describe("readNpy", () => {
  it("reads what numpy writes, to the bit", () => {
    for (const { descr, shape, values, file } of numpy.arrays) {
      const read = readNpy(fromBase64(file));
      expect(read.shape).toEqual(shape);
      expect(read.dtype).toBe(dtypes[descr.slice(1)] ?? "i32");
      expect(Array.from(read.values())).toEqual(values);
    }
    expect(numpy.arrays.length).toBeGreaterThan(30);
  });

  it("refuses what is no array of real numbers that it holds", () => {
    const messages = Object.entries(numpy.refused).map(([name, file]) => {
      try {
        return `${name}: ${readNpy(fromBase64(file))}`;
      } catch (error) {
        return `${name}: ${(error as Error).message}`;
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "complex: readNpy: expected real numbers, not complex ones, in descr, got "<c16"",
        "text: readNpy: expected numbers, not text, in descr, got "<U2"",
        "bytes: readNpy: expected numbers, not text, in descr, got "|S2"",
        "objects: readNpy: expected numbers, not pickled objects, which reading would have to run, in descr, got "|O"",
        "structures: readNpy: expected one number an element, no structure of several, at character 10 of the header, got "[('a', '<f4'), ('b', '<i"",
        "dates: readNpy: expected numbers, not dates, in descr, got "<M8[D]"",
        "long doubles: readNpy: expected an element type that numpy writes, such as "<f8", in descr, got "<f16"",
        "i8 too wide: readNpy: expected numbers that i32 holds in "array" at element 1, got 2147483648",
        "u4 too wide: readNpy: expected numbers that i32 holds in "array" at element 0, got 4294967295",
        "i8 beyond f64: readNpy: expected numbers that i32 holds in "array" at element 0, got 9007199254740992",
      ]
    `);
  });

  it("reads wide whole numbers as f64 if told to, where that holds them", () => {
    const read = (name: string) => readNpy(fromBase64(numpy.refused[name]), { wideIntegers: "f64" });
    expect(read("i8 too wide").values()).toEqual(Float64Array.of(0, 2 ** 31));
    expect(read("u4 too wide").values()).toEqual(Float64Array.of(2 ** 32 - 1));
    expect(() => read("i8 beyond f64")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readNpy: expected whole numbers that f64 holds exactly in "array" at element 0, got 9007199254740992]`,
    );
    const narrow = npyFile(header("'<i2'", "(1,)"), [255, 255]);
    expect(readNpy(narrow, { wideIntegers: "f64" }).values()).toEqual(Int32Array.of(-1));
    expect(() => readNpy(narrow, { wideIntegers: "f32" as "f64" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readNpy: expected i32 or f64 as wideIntegers, got "f32"]`,
    );
  });

  it("reads headers of other writers", () => {
    const numbers = [1, 0, 2, 0];
    for (const text of [
      "{'shape':(2,),'fortran_order':False,'descr':'<i2'}",
      '  {"descr": "<i2" , "fortran_order": True, "shape": ( 2 , ) }   ',
      "{'descr': '<u2', 'fortran_order': False, 'shape': (2L,), }",
    ]) {
      expect(readNpy(npyFile(text, numbers)).values()).toEqual(Int32Array.of(1, 2));
      expect(readNpy(npyFile(text, numbers, 2)).values()).toEqual(Int32Array.of(1, 2));
    }
    expect(readNpy(npyFile(header("'<f8'", "()"), [0, 0, 0, 0, 0, 0, 240, 63])).item()).toBe(1);
  });

  it("reads a part of a larger buffer, and copies", () => {
    const file = writeNpy(tensor([1, 2, 3]));
    const around = new Uint8Array(file.length + 9);
    around.set(file, 3);
    const read = readNpy(around.subarray(3, 3 + file.length));
    around.fill(0);
    expect(read.toArray()).toEqual([1, 2, 3]);
  });

  it("says what is wrong with other bytes, before there is room made for them", () => {
    const malformed: Readonly<Record<string, Uint8Array>> = {
      "no bytes": new Uint8Array(0),
      "magic only": npyFile("").subarray(0, 8),
      "another file": Uint8Array.from(Buffer.from("PK\x03\x04 and more bytes")),
      "version 4": npyFile(header("'<f8'", "()"), [], 4),
      "header longer than the file": npyFile(header("'<f8'", "(1,)")).subarray(0, 30),
      "header of gigabytes": Uint8Array.from([
        ...npyFile("", [], 2).subarray(0, 8),
        255,
        255,
        255,
        255,
        1,
        2,
      ]),
      "not a dictionary": npyFile("['descr']"),
      "no end": npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (3"),
      "wrong quotes": npyFile(header("'<f8\"", "(3,)")),
      "no quotes": npyFile(header("<f8", "(3,)")),
      escapes: npyFile(header("'\\x3cf8'", "(3,)")),
      code: npyFile(header("__import__('os')", "(3,)")),
      "a sum as an extent": npyFile(header("'<f8'", "(1+2,)")),
      "a negative extent": npyFile(header("'<f8'", "(-3,)")),
      "an extent beyond all": npyFile(header("'<f8'", "(99999999999999999999,)")),
      "extents beyond all": npyFile(header("'<f8'", "(4294967296, 4294967296)")),
      "extents beyond all beside 0": npyFile(header("'<f8'", "(0, 4294967296, 4294967296)")),
      "huge and empty": npyFile(header("'<f8'", "(1000000000000,)")),
      "a number for a tuple": npyFile(header("'<f8'", "3")),
      "parentheses for a tuple": npyFile(header("'<f8'", "(3)")),
      "half a number": npyFile(header("'<f8'", "(1.5,)")),
      "an octal extent": npyFile(header("'<f8'", "(010,)")),
      "too many axes": npyFile(header("'<u1'", `(${"1, ".repeat(65)})`), [1]),
      "true for True": npyFile(header("'<f8'", "(3,)", "true")),
      "a key twice": npyFile("{'descr': '<f8', 'descr': '<f4'}"),
      "another key": npyFile("{'descr': '<f8', 'order': 3}"),
      "a key too few": npyFile("{'descr': '<f8', 'fortran_order': False}"),
      "more behind it": npyFile(`${header("'<u1'", "()")} + 1`, [1]),
      "a byte too few": npyFile(header("'<f4'", "(2,)"), [0, 0, 0, 0, 0, 0, 0]),
      "a byte too many": npyFile(header("'<f4'", "(1,)"), [0, 0, 0, 0, 0]),
      "no byte order": npyFile(header("'f4'", "(1,)"), [0, 0, 0, 0]),
      "an unknown type": npyFile(header("'<f3'", "(1,)"), [0, 0, 0]),
      "a name of all objects": npyFile(header("'<constructor'", "(1,)"), [0]),
      "half truths": npyFile(header("'|b1'", "(2,)"), [1, 2]),
    };
    const messages = Object.entries(malformed).map(([name, file]) => {
      try {
        return `${name}: ${readNpy(file)}`;
      } catch (error) {
        return `${name}: ${error}`;
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "no bytes: ArgumentError: readNpy: expected a file that begins as .npy files do, with \\x93NUMPY, got """,
        "magic only: ArgumentError: readNpy: expected a file that begins as .npy files do, with \\x93NUMPY, got "NUMPY\\u0001\\u0000"",
        "another file: ArgumentError: readNpy: expected a file that begins as .npy files do, with \\x93NUMPY, got "PK\\u0003\\u0004 and mor"",
        "version 4: ArgumentError: readNpy: expected version 1.0, 2.0 or 3.0, got "4.0"",
        "header longer than the file: ArgumentError: readNpy: expected a header of at most 20 bytes in a file of 30, got 58",
        "header of gigabytes: ArgumentError: readNpy: expected a header of at most 2 bytes in a file of 14, got 4294967295",
        "not a dictionary: ArgumentError: readNpy: expected "{" at character 0 of the header, got "['descr']"",
        "no end: ArgumentError: readNpy: expected "," at character 52 of the header, got "the end of the header"",
        "wrong quotes: ArgumentError: readNpy: expected "," at character 18 of the header, got "fortran_order': False, '"",
        "no quotes: ArgumentError: readNpy: expected an element type in quotes at character 10 of the header, got "<f8, 'fortran_order': Fa"",
        "escapes: ArgumentError: readNpy: expected an element type in quotes at character 10 of the header, got "'\\\\x3cf8', 'fortran_order"",
        "code: ArgumentError: readNpy: expected an element type in quotes at character 10 of the header, got "__import__('os'), 'fortr"",
        "a sum as an extent: ArgumentError: readNpy: expected "," at character 52 of the header, got "+2,), }\\n"",
        "a negative extent: ArgumentError: readNpy: expected an extent, a whole number from 0 on, at character 51 of the header, got "-3,), }\\n"",
        "an extent beyond all: ArgumentError: readNpy: expected an extent: a whole number from 0 to 2^53 - 1 at character 51 of the header, got "99999999999999999999,), "",
        "extents beyond all: ArgumentError: readNpy: expected the bytes behind the header to be <f8 of shape [4294967296, 4294967296], got "0 bytes"",
        "extents beyond all beside 0: ArgumentError: readNpy: expected the bytes behind the header to be <f8 of shape [0, 4294967296, 4294967296], got "0 bytes"",
        "huge and empty: ArgumentError: readNpy: expected the bytes behind the header to be <f8 of shape [1000000000000], got "0 bytes"",
        "a number for a tuple: ArgumentError: readNpy: expected "(" at character 50 of the header, got "3, }\\n"",
        "parentheses for a tuple: ArgumentError: readNpy: expected "," at character 52 of the header, got "), }\\n"",
        "half a number: ArgumentError: readNpy: expected "," at character 52 of the header, got ".5,), }\\n"",
        "an octal extent: ArgumentError: readNpy: expected an extent: a whole number from 0 to 2^53 - 1 at character 51 of the header, got "010,), }\\n"",
        "too many axes: ArgumentError: readNpy: expected at most 64 axes, got 65",
        "true for True: ArgumentError: readNpy: expected True or False at character 34 of the header, got "true, 'shape': (3,), }\\n"",
        "a key twice: ArgumentError: readNpy: expected each key once at character 17 of the header, got "'descr': '<f4'}"",
        "another key: ArgumentError: readNpy: expected a value of descr, fortran_order or shape, and of nothing else, at character 25 of the header, got " 3}"",
        "a key too few: ArgumentError: readNpy: expected descr, fortran_order and shape in the header, got "{'descr': '<f8', 'fortran_order': False}"",
        "more behind it: ArgumentError: readNpy: expected nothing more at character 57 of the header, got "+ 1"",
        "a byte too few: ArgumentError: readNpy: expected the bytes behind the header to be <f4 of shape [2], got "7 bytes"",
        "a byte too many: ArgumentError: readNpy: expected the bytes behind the header to be <f4 of shape [1], got "5 bytes"",
        "no byte order: ArgumentError: readNpy: expected an element type that numpy writes, such as "<f8", in descr, got "f4"",
        "an unknown type: ArgumentError: readNpy: expected an element type that numpy writes, such as "<f8", in descr, got "<f3"",
        "a name of all objects: ArgumentError: readNpy: expected an element type that numpy writes, such as "<f8", in descr, got "<constructor"",
        "half truths: ArgumentError: readNpy: expected truth values of 0 or 1 in "array" at element 1, got 2",
      ]
    `);
  });

  it("refuses damaged files, or reads what they say", () => {
    const file = fromBase64(numpy.arrays[3].file);
    fc.assert(
      fc.property(damagedBytes(file), (bytes) => {
        readsOrRefuses(
          () => readNpy(bytes),
          (read) => expect(read.size).toBeLessThanOrEqual(bytes.length),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("writeNpy", () => {
  it("writes the bytes that numpy writes", () => {
    const ours = numpy.arrays.filter(
      ({ descr, shape }) => ["|b1", "<i4", "<f4", "<f8"].includes(descr) && shape.length === 2,
    );
    expect(ours.length).toBeGreaterThan(4);
    for (const { file } of ours.filter(({ file }) => fromBase64(file)[6] === 1)) {
      const bytes = fromBase64(file);
      expect(writeNpy(readNpy(bytes))).toEqual(bytes);
    }
  });

  it("writes what readNpy reads, of any type and shape", () => {
    const any = fc
      .tuple(fc.constantFrom<Dtype>("f32", "f64", "i32", "bool"), shapes({ minExtent: 0, maxRank: 4 }))
      .chain(([dtype, shape]) => tensors(fc.constant(shape)).map((x) => cast(x, dtype)));
    fc.assert(
      fc.property(any, (x) => {
        const read = readNpy(writeNpy(x));
        expect([read.dtype, read.shape, read.values()]).toEqual([x.dtype, x.shape, x.values()]);
      }),
    );
  });

  it("writes views in row-major order, and every number of f64", () => {
    const view = permute(tensor([[1, 2, 3], [4, 5, 6]]), [1, 0]); // biome-ignore format: two rows
    expect(readNpy(writeNpy(view)).toArray()).toEqual([[1, 4], [2, 5], [3, 6]]); // biome-ignore format: rows
    const odd = [Number.NaN, -0, Number.POSITIVE_INFINITY, 5e-324];
    expect(readNpy(writeNpy(tensor(odd, { dtype: "f64" }))).toArray()).toEqual(odd);
  });

  it("asks for a tensor", () => {
    expect(() => writeNpy([1, 2] as unknown as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: writeNpy: expected a tensor, got [1, 2]]`,
    );
  });
});
