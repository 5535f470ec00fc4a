import { gzipSync } from "node:zlib";
import { ArgumentError } from "@isograd/autograd";
import { readIdx } from "@isograd/nn/formats";
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

  it("unpacks gzip data, whatever their header has", () => {
    const { shape, data } = readIdx(images());
    expect(readIdx(gzipSync(images()))).toEqual({ shape, data });
    // Flags for a checksum of the header, extra bytes, a name and a comment.
    const packed = gzipSync(images());
    const parts = [2, 0, 9, 9, ...Buffer.from("a name\0a comment\0"), 1, 2];
    const header = [...packed.subarray(0, 3), 2 + 4 + 8 + 16, ...packed.subarray(4, 10), ...parts];
    expect(readIdx(Uint8Array.from([...header, ...packed.subarray(10)]))).toEqual({ shape, data });
  });

  it("unpacks gzip data of several members and of many pieces", () => {
    const file = idxFile(8, [100_000], 1, (view, at, k) => view.setUint8(at, (k * k * 7919) >> 3));
    const cut = [0, 5, 5, 70_000, file.length];
    const members = cut.slice(1).map((end, k) => gzipSync(file.subarray(cut[k], end)));
    const { data } = readIdx(Buffer.concat(members));
    expect(Buffer.compare(data as Uint8Array, readIdx(file).data as Uint8Array)).toBe(0);
    const twice = gzipSync(images());
    expect(() => readIdx(Buffer.concat([twice, twice]))).toThrow("expected no more than 28 bytes");
  });

  it("says what is wrong with gzip data, and where they would unpack to too much", () => {
    const packed = gzipSync(images());
    expect(() => readIdx(packed.subarray(0, 12))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected gzip data to be whole, got "unexpected EOF"]`,
    );
    expect(() => readIdx(packed.subarray(0, -3))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected gzip data to be whole, got "another checksum"]`,
    );
    expect(() => readIdx(Buffer.concat([packed, Buffer.from("more")]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected gzip data to be whole, got "invalid gzip data"]`,
    );
    const changed = Buffer.from(packed);
    changed[packed.length - 8] ^= 1;
    expect(() => readIdx(changed)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected gzip data to be whole, got "another checksum"]`,
    );
    const zeros = gzipSync(idxFile(8, [100_000], 1, () => {}));
    expect(() => readIdx(zeros, { maxBytes: 100_007 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: readIdx: expected gzip data of at most maxBytes, 100007, got "more"]`,
    );
    expect(readIdx(zeros, { maxBytes: 100_008 }).shape).toEqual([100_000]);
  });

  it("gives the right numbers or an error for damaged gzip data", () => {
    const packed = gzipSync(images());
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const bytes = Uint8Array.from(packed);
        bytes[place] ^= change;
        try {
          expect(readIdx(bytes).data).toEqual(readIdx(images()).data);
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }),
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
