import { type Dtype, type Tensor, tensor, transpose } from "@isograd/autograd";
import { decodeSafetensors, encodeSafetensors } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entry, fileBytes } from "./file-bytes.ts";

describe("encodeSafetensors", () => {
  it("writes what the format's own library writes", () => {
    expect(encodeSafetensors({})).toEqual(fileBytes("{}      "));
    expect(encodeSafetensors({}, { framework: "pt" })).toEqual(
      fileBytes('{"__metadata__":{"framework":"pt"}}     '),
    );
    const values = [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64];
    const attention = tensor([[[0, 1, 2], [3, 4, 5]]]); // biome-ignore format: two rows
    expect(encodeSafetensors({ "attn.0": attention })).toEqual(
      fileBytes(`{${entry("attn.0", "F32", "1,2,3", "0", "24")}}`, values),
    );
    expect(
      encodeSafetensors({ attn0: tensor(attention.values() as Float32Array, { shape: [1, 1, 2, 3] }) }),
    ).toEqual(fileBytes(`{${entry("attn0", "F32", "1,1,2,3", "0", "24")}}       `, values));
  });

  it("writes wider elements first, then by name in the order of code points", () => {
    const tensors = Object.fromEntries(
      (["bool", "i32", "f32", "f64"] as const).flatMap((dtype) =>
        ["b", "a", "\u{10000}", "\uffff"].map((name) => [`${dtype} ${name}`, tensor([1], { dtype })]),
      ),
    );
    const names = Object.keys(decodeSafetensors(encodeSafetensors(tensors)).tensors);
    expect(names).toEqual(
      ["f64", "f32", "i32", "bool"].flatMap((dtype) =>
        ["a", "b", "\uffff", "\u{10000}"].map((name) => `${dtype} ${name}`),
      ),
    );
  });

  it("writes names in the order of their bytes", () => {
    const unit = fc.constantFrom("a", "b", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}");
    const text = fc.string({ unit, maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 8 }), (list) => {
        const tensors = Object.fromEntries(list.map((name) => [name, tensor([1])]));
        const byBytes = list.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(Object.keys(decodeSafetensors(encodeSafetensors(tensors)).tensors)).toEqual(byBytes);
      }),
    );
  });

  it("writes the elements of a view in row-major order", () => {
    const view = transpose(tensor([[1, 2], [3, 4], [5, 6]]), 0, 1); // biome-ignore format: three rows
    expect(decodeSafetensors(encodeSafetensors({ view })).tensors.view.toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  it("says what cannot be written", () => {
    const x = tensor([1]);
    expect(() => encodeSafetensors({ __metadata__: x })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: encodeSafetensors: expected another name of a tensor, this one is the metadata's, got "__metadata__"]`,
    );
    expect(() => encodeSafetensors({ "\ud800": x })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: encodeSafetensors: expected text without halves of characters, got "\\ud800"]`,
    );
    expect(() => encodeSafetensors({ x }, { epoch: 3 as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: encodeSafetensors: expected text as metadata "epoch", got 3]`,
    );
    expect(() => encodeSafetensors({ x: 3 as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: encodeSafetensors: expected a tensor as "x", got 3]`,
    );
  });
});

const names = fc.string({ unit: "grapheme", maxLength: 12 }).filter((name) => name !== "__metadata__");
const extents = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const numbers: Readonly<Record<Dtype, fc.Arbitrary<number>>> = {
  bool: fc.integer({ min: 0, max: 1 }),
  i32: fc.integer(),
  f32: fc.float(),
  f64: fc.double(),
};
const tensors: fc.Arbitrary<Tensor> = fc
  .tuple(extents, fc.constantFrom("bool", "i32", "f32", "f64"))
  .chain(([shape, dtype]) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return fc
      .array(numbers[dtype], { minLength: size, maxLength: size })
      .map((values) => tensor(Float64Array.from(values), { shape, dtype }));
  });

describe("decodeSafetensors", () => {
  it("reads what encodeSafetensors wrote: all names, element types, shapes and numbers", () => {
    const oddNames = fc.oneof(names, fc.constantFrom("__proto__", "constructor", "", '"', "\\", "\n", "0"));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(oddNames, tensors), { selector: ([name]) => name, maxLength: 6 }),
        fc.uniqueArray(fc.tuple(oddNames, fc.string({ unit: "grapheme" })), {
          selector: ([name]) => name,
          maxLength: 4,
        }),
        (saved, texts) => {
          const bytes = encodeSafetensors(Object.fromEntries(saved), Object.fromEntries(texts));
          const found = decodeSafetensors(bytes);
          expect(new Map(Object.entries(found.metadata))).toEqual(new Map(texts));
          expect(Object.keys(found.tensors).toSorted()).toEqual(saved.map(([name]) => name).toSorted());
          for (const [name, { shape, dtype, ...saving }] of saved) {
            const read = found.tensors[name];
            expect({ shape: read.shape, dtype: read.dtype, data: read.values() }).toEqual({
              shape,
              dtype,
              data: saving.data,
            });
          }
          expect(encodeSafetensors(found.tensors, found.metadata).length).toBe(bytes.length);
        },
      ),
    );
  });

  it("copies: bytes that change later change no tensor", () => {
    const bytes = encodeSafetensors({ x: tensor([1, 2, 3]) });
    const { tensors } = decodeSafetensors(bytes);
    bytes.fill(0);
    expect(tensors.x.toArray()).toEqual([1, 2, 3]);
  });

  it("reads bytes that stand anywhere in a buffer", () => {
    const bytes = encodeSafetensors({ x: tensor([1, 2, 3], { dtype: "f64" }) });
    const around = new Uint8Array(bytes.length + 9);
    around.set(bytes, 3);
    expect(decodeSafetensors(around.subarray(3, 3 + bytes.length)).tensors.x.toArray()).toEqual([1, 2, 3]);
  });

  it("reads entries in any order, spaces, and numbers of no extent", () => {
    const header = `{ "b" : {"data_offsets": [4, 8],\t"shape":[ ] , "dtype":"I32"},\n${entry("none", "F32", "0,3", "4", "4")},${entry("a", "I32", "1", "0", "4")}}\r\n `;
    const { tensors } = decodeSafetensors(fileBytes(header, [1, 0, 0, 0, 2, 0, 0, 0]));
    expect(tensors.a.toArray()).toEqual([1]);
    expect(tensors.b.toArray()).toBe(2);
    expect(tensors.none.shape).toEqual([0, 3]);
  });

  const read = (type: string, data: ArrayLike<number>, count: number) =>
    decodeSafetensors(fileBytes(`{${entry("x", type, String(count), "0", String(data.length))}}`, data))
      .tensors.x;
  const bytesOf = (values: { buffer: ArrayBufferLike }) => new Uint8Array(values.buffer);

  it("reads whole numbers of every width as i32", () => {
    for (const [type, values] of [
      ["U8", Uint8Array.of(0, 1, 255)],
      ["I8", Int8Array.of(0, -128, 127)],
      ["U16", Uint16Array.of(0, 1, 65535)],
      ["I16", Int16Array.of(0, -32768, 32767)],
      ["U32", Uint32Array.of(0, 1, 0x7fffffff)],
      ["I32", Int32Array.of(0, -0x80000000, 0x7fffffff)],
      ["U64", BigUint64Array.of(0n, 1n, 0x7fffffffn)],
      ["I64", BigInt64Array.of(0n, -0x80000000n, 0x7fffffffn)],
    ] as const) {
      const x = read(type, bytesOf(values), 3);
      expect(x.dtype).toBe("i32");
      expect(x.toArray(), type).toEqual(Array.from(values, Number));
    }
  });

  it("refuses whole numbers that i32 does not hold, and truth values that are none", () => {
    expect(() => read("U32", bytesOf(Uint32Array.of(0, 0x80000000)), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decodeSafetensors: expected numbers that i32 holds in "x" at element 1, got 2147483648]`,
    );
    expect(() => read("I64", bytesOf(BigInt64Array.of(-0x80000001n)), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decodeSafetensors: expected numbers that i32 holds in "x" at element 0, got -2147483649]`,
    );
    expect(() =>
      read("U64", bytesOf(BigUint64Array.of(2n ** 64n - 1n)), 1),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decodeSafetensors: expected numbers that i32 holds in "x" at element 0, got 18446744073709552000]`,
    );
    expect(() => read("BOOL", [0, 1, 2], 3)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decodeSafetensors: expected truth values of 0 or 1 in "x" at element 2, got 2]`,
    );
  });

  it("reads F16: every value", () => {
    // What the bits mean, by another way: value = significand 2^(exponent - 24), subnormals share the least exponent.
    const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const values = read("F16", bytesOf(all), 65536);
    expect(values.dtype).toBe("f32");
    const data = values.values();
    expect([0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555].map((bits) => data[bits])).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      0.333251953125,
    ]);
    expect([data[0x7c00], data[0xfc00], data[0x7e00]]).toEqual([Infinity, -Infinity, Number.NaN]);
    expect(Object.is(data[0x8000], -0)).toBe(true);
    // Positive finite numbers have the order of their bits, and steps that double from one exponent to the next.
    for (let bits = 0; bits < 0x7bff; bits++)
      expect(data[bits + 1] - data[bits]).toBe(2 ** (Math.max(bits >> 10, 1) - 25));
  });

  it("reads BF16: the upper half of single precision", () => {
    const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const expected = new Float32Array(Uint32Array.from(all, (bits) => bits * 65536).buffer);
    expect(read("BF16", bytesOf(all), 65536).values()).toEqual(expected);
  });
});

const good = entry("x", "F32", "2", "0", "8");
const eight = new Uint8Array(8);

describe("a file that is not whole or not right", () => {
  it("is refused, saying why", () => {
    const refusal = (bytes: Uint8Array): string => {
      try {
        decodeSafetensors(bytes);
      } catch (error) {
        return String(error).replace("ArgumentError: decodeSafetensors: ", "");
      }
      return "read";
    };
    const ofHeader = (header: string, data = eight) => refusal(fileBytes(header, data));
    const oversized = fileBytes("{}");
    oversized.fill(255, 0, 8);
    expect({
      empty: refusal(new Uint8Array(0)),
      "no length": refusal(new Uint8Array(7)),
      "no header": refusal(new Uint8Array(8)),
      "a length beyond the file": refusal(fileBytes("{}").subarray(0, 9)),
      "an enormous length": refusal(oversized),
      "not UTF-8": refusal(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 255)),
      "not JSON": ofHeader("{"),
      "a space first": ofHeader(` {${good}}`),
      "a byte order mark": ofHeader(`\ufeff{${good}}`),
      "more behind": ofHeader(`{${good}}}`),
      "a comma too many": ofHeader(`{${good},}`),
      "deep arrays": ofHeader(`{"x":${"[".repeat(100_000)}`),
      "deep objects": ofHeader(`{"x":${'{"dtype":'.repeat(100_000)}`),
      "deep shapes": ofHeader(`{"x":{"shape":${"[".repeat(100_000)}`),
      "an unfinished name": ofHeader('{"x'),
      "a name with a line break": ofHeader('{"x\n":1}'),
      "a wrong escape": ofHeader('{"\\q":1}'),
      "a name twice": ofHeader(`{${good},${good}}`),
      "a name twice, written in two ways": ofHeader(`{${good},${good.replace("x", "\\u0078")}}`),
      "a key twice": ofHeader(`{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}`),
      "an unknown key": ofHeader(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1]}}`),
      "a missing key": ofHeader(`{"x":{"dtype":"F32","shape":[2]}}`),
      "an inherited key": ofHeader(`{"x":{"dtype":"toString","shape":[2],"data_offsets":[0,8]}}`),
      "an unknown type": ofHeader(`{${entry("x", "F128", "2", "0", "8")}}`),
      "metadata of numbers": ofHeader(`{"__metadata__":{"epoch":3}}`),
      "metadata that is text": ofHeader(`{"__metadata__":"epoch"}`),
      "a negative extent": ofHeader(`{${entry("x", "F32", "-2", "0", "8")}}`),
      "a broken extent": ofHeader(`{${entry("x", "F32", "2.0", "0", "8")}}`),
      "an extent with exponent": ofHeader(`{${entry("x", "F32", "2e0", "0", "8")}}`),
      "an extent as text": ofHeader(`{${entry("x", "F32", '"2"', "0", "8")}}`),
      "an extent with a leading zero": ofHeader(`{${entry("x", "F32", "02", "0", "8")}}`),
      "an extent beyond 2^53": ofHeader(`{${entry("x", "F32", "9007199254740992", "0", "8")}}`),
      "a shape that overflows": ofHeader(`{${entry("x", "F32", "4294967296,4294967296", "0", "8")}}`),
      "a shape that overflows beside 0": ofHeader(
        `{${entry("x", "F32", "0,4294967296,4294967296", "0", "0")}}`,
      ),
      "a huge shape": ofHeader(`{${entry("x", "F32", "1000000000", "0", "4000000000")}}`),
      "another width": ofHeader(`{${entry("x", "F64", "2", "0", "8")}}`),
      "offsets the wrong way round": ofHeader(`{${entry("x", "F32", "2", "8", "0")}}`),
      "three offsets": ofHeader(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}`),
      "an overlap": ofHeader(`{${entry("x", "F32", "1", "0", "4")},${entry("y", "F32", "1", "2", "6")}}`),
      "the same place": ofHeader(`{${entry("x", "F32", "2", "0", "8")},${entry("y", "F32", "2", "0", "8")}}`),
      "a gap": ofHeader(`{${entry("x", "U8", "2", "0", "2")},${entry("y", "F32", "1", "4", "8")}}`),
      "a gap at the start": ofHeader(`{${entry("y", "F32", "1", "4", "8")}}`),
      "bytes that nothing uses": ofHeader(`{${entry("x", "F32", "1", "0", "4")}}`),
      "bytes that are missing": ofHeader(`{${good}}`, eight.subarray(1)),
    }).toMatchInlineSnapshot(`
      {
        "a broken extent": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "2.0],\\"data_offsets\\":[0,8"",
        "a byte order mark": "expected "{" at character 0 of the header, got "﻿{\\"x\\":{\\"dtype\\":\\"F32\\",\\"sh"",
        "a comma too many": "expected a name in quotes at character 54 of the header, got "}"",
        "a gap": "expected of "y" bytes from 2 on, where those before end, got [4, 8]",
        "a gap at the start": "expected of "y" bytes from 0 on, where those before end, got [4, 8]",
        "a huge shape": "expected 4000000000 bytes behind the header, as it says, got 8",
        "a key twice": "expected each name once at character 20 of the header, got "\\"dtype\\":\\"F32\\",\\"shape\\":[2"",
        "a length beyond the file": "expected a header of at most 1 bytes in a file of 9, got 2",
        "a missing key": "expected dtype, shape and data_offsets of each tensor, got "x"",
        "a name twice": "expected each name once at character 54 of the header, got "\\"x\\":{\\"dtype\\":\\"F32\\",\\"shap"",
        "a name twice, written in two ways": "expected each name once at character 54 of the header, got "\\"\\\\u0078\\":{\\"dtype\\":\\"F32\\","",
        "a name with a line break": "expected a name that JSON allows at character 1 of the header, got "\\"x\\n\\":1}"",
        "a negative extent": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "-2],\\"data_offsets\\":[0,8]"",
        "a shape that overflows": "expected of "x" data_offsets that hold F32 of shape [4294967296, 4294967296], got [0, 8]",
        "a shape that overflows beside 0": "expected of "x" data_offsets that hold F32 of shape [0, 4294967296, 4294967296], got [0, 0]",
        "a space first": "expected "{" at character 0 of the header, got " {\\"x\\":{\\"dtype\\":\\"F32\\",\\"sh"",
        "a wrong escape": "expected a name that JSON allows at character 1 of the header, got "\\"\\\\q\\":1}"",
        "an enormous length": "expected a header of at most 2 bytes in a file of 10, got 18446744073709552000",
        "an extent as text": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "\\"2\\"],\\"data_offsets\\":[0,8"",
        "an extent beyond 2^53": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "9007199254740992],\\"data_"",
        "an extent with a leading zero": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "02],\\"data_offsets\\":[0,8]"",
        "an extent with exponent": "expected an extent: a whole number from 0 to 2^53 - 1 at character 29 of the header, got "2e0],\\"data_offsets\\":[0,8"",
        "an inherited key": "expected of "x" one of the element types BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64, got "toString"",
        "an overlap": "expected of "y" bytes from 4 on, where those before end, got [2, 6]",
        "an unfinished name": "expected a name that JSON allows at character 1 of the header, got "\\"x"",
        "an unknown key": "expected a value of dtype, shape or data_offsets, and of nothing else, at character 63 of the header, got "[1]}}"",
        "an unknown type": "expected of "x" one of the element types BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64, got "F128"",
        "another width": "expected of "x" data_offsets that hold F64 of shape [2], got [0, 8]",
        "bytes that are missing": "expected 8 bytes behind the header, as it says, got 7",
        "bytes that nothing uses": "expected 4 bytes behind the header, as it says, got 8",
        "deep arrays": "expected "{" at character 5 of the header, got "[[[[[[[[[[[[[[[[[[[[[[[["",
        "deep objects": "expected an element type in quotes at character 14 of the header, got "{\\"dtype\\":{\\"dtype\\":{\\"dtyp"",
        "deep shapes": "expected an extent: a whole number from 0 to 2^53 - 1 at character 15 of the header, got "[[[[[[[[[[[[[[[[[[[[[[[["",
        "empty": "expected at least the 8 bytes of the header's length, got "0 bytes"",
        "metadata of numbers": "expected text in quotes at character 25 of the header, got "3}}"",
        "metadata that is text": "expected "{" at character 16 of the header, got "\\"epoch\\"}"",
        "more behind": "expected nothing more at character 54 of the header, got "}"",
        "no header": "expected "{" at character 0 of the header, got "the end of the header"",
        "no length": "expected at least the 8 bytes of the header's length, got "7 bytes"",
        "not JSON": "expected a name in quotes at character 1 of the header, got "the end of the header"",
        "not UTF-8": "expected a header in UTF-8, got "other bytes"",
        "offsets the wrong way round": "expected of "x" two offsets, begin and end, got [8, 0]",
        "the same place": "expected of "y" bytes from 8 on, where those before end, got [0, 8]",
        "three offsets": "expected of "x" two offsets, begin and end, got [0, 8, 8]",
      }
    `);
  });

  it("is read exactly if it is what the format describes", () => {
    const widths: Readonly<Record<string, number>> = { F64: 8, F32: 4, BF16: 2, U8: 1 };
    const described = fc.record({
      dtype: fc.constantFrom(...Object.keys(widths)),
      shape: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
      shift: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -4, max: 4 })),
      excess: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -4, max: 4 })),
    });
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(described, { maxLength: 4 }),
        fc.constantFrom(0, 0, 0, 1),
        fc.nat(),
        (list, rest, turn) => {
          let behind = 0;
          let isRight = rest === 0;
          const entries = list.map(({ dtype, shape, shift, excess }, k) => {
            const bytes = shape.reduce((product, extent) => product * extent, widths[dtype]);
            const [begin, end] = [behind + shift, behind + shift + bytes + excess];
            isRight &&= shift === 0 && excess === 0;
            behind = Math.max(behind, end);
            return entry(String(k), dtype, shape.join(), String(begin), String(end));
          });
          const cut = entries.length === 0 ? 0 : turn % entries.length;
          const header = `{${[...entries.slice(cut), ...entries.slice(0, cut)].join()}}`;
          const read = () => decodeSafetensors(fileBytes(header, new Uint8Array(behind + rest)));
          if (!isRight) {
            expect(read).toThrow(/decodeSafetensors: expected/);
            return;
          }
          accepted++;
          const shapes = list.map(({ shape }, k) => [String(k), shape]);
          expect(Object.entries(read().tensors).map(([name, { shape }]) => [name, shape])).toEqual(shapes);
        },
      ),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it("changes no prototype", () => {
    const { tensors, metadata } = decodeSafetensors(
      fileBytes(`{"__metadata__":{"__proto__":"text"},${entry("__proto__", "F32", "2", "0", "8")}}`, eight),
    );
    expect(Object.entries(metadata)).toEqual([["__proto__", "text"]]);
    expect(Object.keys(tensors)).toEqual(["__proto__"]);
    expect("dtype" in {}).toBe(false);
  });

  it("is refused wherever it was cut, or goes on", () => {
    const file = encodeSafetensors({ a: tensor([[1, 2]]), b: tensor([true, false]) }, { epoch: "3" });
    for (let length = 0; length < file.length; length++)
      expect(() => decodeSafetensors(file.subarray(0, length)), `${length} bytes`).toThrow(
        /decodeSafetensors: expected/,
      );
    expect(() => decodeSafetensors(Uint8Array.of(...file, 0))).toThrow(/bytes behind the header/);
  });

  it("is refused with an error of ours or read, whichever bytes were changed, and never takes more memory than it has bytes for", () => {
    const file = encodeSafetensors({ a: tensor([[1, 2], [3, 4]]), b: tensor([true, false]) }, { epoch: "3" }); // biome-ignore format: two rows
    const change = fc.tuple(
      fc.nat(file.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[]",:0123456789-e\\'))),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = file.slice();
        for (const [at, byte] of changes) changed[at] = byte;
        let found: ReturnType<typeof decodeSafetensors>;
        try {
          found = decodeSafetensors(changed);
        } catch (error) {
          expect(String(error)).toMatch(/^ArgumentError: decodeSafetensors: expected/);
          return;
        }
        const elements = Object.values(found.tensors).reduce((sum, { size }) => sum + size, 0);
        expect(elements).toBeLessThanOrEqual(file.length);
      }),
      { numRuns: 2000 },
    );
  });
});
