import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pushSigned, pushSigned64, pushUnsigned } from "../../../../src/kernels/wasm/assembler/leb128.ts";

const encoded = <T>(push: (out: number[], value: T) => void, value: T): number[] => {
  const out: number[] = [];
  push(out, value);
  return out;
};

/** The number that the bytes stand for, by the definition. */
function decode(bytes: readonly number[], isSigned: boolean): bigint {
  const value = bytes.reduceRight((rest, byte) => (rest << 7n) | BigInt(byte & 0x7f), 0n);
  return isSigned ? BigInt.asIntN(7 * bytes.length, value) : value;
}

describe("LEB128", () => {
  it("encodes the examples of the DWARF standard", () => {
    expect(encoded(pushUnsigned, 2)).toEqual([2]);
    expect(encoded(pushUnsigned, 127)).toEqual([127]);
    expect(encoded(pushUnsigned, 128)).toEqual([0x80, 1]);
    expect(encoded(pushUnsigned, 12857)).toEqual([0xb9, 0x64]);
    expect(encoded(pushUnsigned, 0xffffffff)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(encoded(pushSigned, 2)).toEqual([2]);
    expect(encoded(pushSigned, -2)).toEqual([0x7e]);
    expect(encoded(pushSigned, 127)).toEqual([0xff, 0]);
    expect(encoded(pushSigned, -127)).toEqual([0x81, 0x7f]);
    expect(encoded(pushSigned, 128)).toEqual([0x80, 1]);
    expect(encoded(pushSigned, -128)).toEqual([0x80, 0x7f]);
  });

  it("is read back", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.integer(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (n, i, big) => {
        expect(decode(encoded(pushUnsigned, n), false)).toBe(BigInt(n));
        expect(decode(encoded(pushSigned, i), true)).toBe(BigInt(i));
        expect(decode(encoded(pushSigned64, big), true)).toBe(big);
        expect(encoded(pushSigned64, BigInt(i))).toEqual(encoded(pushSigned, i));
      }),
    );
  });

  it("takes integers modulo their width", () => {
    expect(encoded(pushSigned, 0xffffffff)).toEqual([0x7f]);
    expect(encoded(pushSigned64, 2n ** 64n - 1n)).toEqual([0x7f]);
  });
});
