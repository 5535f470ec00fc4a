import { readIdx } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A file: magic number, extents, and what `write` puts for each element. */
function idxFile(
  type: number,
  shape: readonly number[],
  width: number,
  write: (view: DataView, at: number, k: number) => void,
): Uint8Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + size * width);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  shape.forEach((extent, axis) => {
    view.setUint32(4 + 4 * axis, extent);
  });
  for (let k = 0; k < size; k++) write(view, 4 + 4 * shape.length + k * width, k);
  return bytes;
}

const images = () => idxFile(8, [2, 3, 2], 1, (view, at, k) => view.setUint8(at, 20 * k));

describe("readIdx", () => {
  it("reads shape and bytes", () => {
    const { shape, data } = readIdx(images());
    expect(shape).toEqual([2, 3, 2]);
    expect(data).toEqual(Uint8Array.from({ length: 12 }, (_, k) => 20 * k));
  });

  it("reads every element type, big-endian", () => {
    const read = (type: number, width: number, write: (view: DataView, at: number, k: number) => void) =>
      readIdx(idxFile(type, [3], width, write)).data;
    expect(read(9, 1, (view, at, k) => view.setInt8(at, -k))).toEqual(Int8Array.of(0, -1, -2));
    expect(read(11, 2, (view, at, k) => view.setInt16(at, -300 * k))).toEqual(Int16Array.of(0, -300, -600));
    expect(read(12, 4, (view, at, k) => view.setInt32(at, -70_000 * k))).toEqual(
      Int32Array.of(0, -70_000, -140_000),
    );
    expect(read(13, 4, (view, at, k) => view.setFloat32(at, k / 4))).toEqual(Float32Array.of(0, 0.25, 0.5));
    expect(read(14, 8, (view, at, k) => view.setFloat64(at, k / 3))).toEqual(
      Float64Array.of(0, 1 / 3, 2 / 3),
    );
  });

  it("reads a part of a larger buffer, as readFile returns it", () => {
    const file = images();
    const around = new Uint8Array(file.length + 13);
    around.set(file, 7);
    const { data } = readIdx(around.subarray(7, 7 + file.length));
    expect(data).toEqual(readIdx(file).data);
    around.fill(0);
    expect(data[1]).toBe(20);
  });

  it("says what is wrong with other bytes", () => {
    expect(() => readIdx(new Uint8Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected 4 bytes for the magic number, the data ends early, got 3]`,
    );
    expect(() => readIdx(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected a plain IDX file; decompress it first, got "gzip data"]`,
    );
    expect(() => readIdx(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected a magic number of two zero bytes, an element type from 08 to 0e and a rank, got "0x89504e47"]`,
    );
    expect(() => readIdx(Uint8Array.of(0, 0, 7, 1, 0, 0, 0, 0))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected a magic number of two zero bytes, an element type from 08 to 0e and a rank, got "0x00000701"]`,
    );
    expect(() => readIdx(images().subarray(0, 10))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected 16 bytes for the 3 extents, the data ends early, got 10]`,
    );
    expect(() => readIdx(images().subarray(0, 20))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected 28 bytes for shape [2, 3, 2], the data ends early, got 20]`,
    );
    expect(() => readIdx(Uint8Array.from([...images(), 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected no more than 28 bytes for shape [2, 3, 2], got 29]`,
    );
  });

  it("never reads a file that was cut short, wherever", () => {
    const file = images();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), (length) => {
        expect(() => readIdx(file.subarray(0, length))).toThrow(/readIdx: expected/);
      }),
    );
  });
});
