import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frexpExponent, frexpMantissa } from "../../src/numerics/frexp.ts";

const { POSITIVE_INFINITY: inf, NaN: nan, MAX_VALUE, MIN_VALUE } = Number;
const power = fc.integer({ min: -1074, max: 1023 });

describe("frexp", () => {
  it("has no exponent where there is no mantissa", () => {
    const places = [0, -0, inf, -inf, nan];
    expect(places.map(frexpExponent)).toEqual([0, 0, 0, 0, 0]);
    expect(places.map(frexpMantissa)).toEqual(places);
  });

  it("is exact at powers of two and beside them, subnormal ones too", () => {
    fc.assert(
      fc.property(power, (k) => {
        expect([frexpMantissa(2 ** k), frexpExponent(2 ** k)]).toEqual([0.5, k + 1]);
        if (k < -1022) return;
        const below = 2 ** k * (1 - 2 ** -53);
        if (below < 2 ** k) expect([frexpMantissa(below), frexpExponent(below)]).toEqual([1 - 2 ** -53, k]);
      }),
    );
    expect([frexpMantissa(-8), frexpExponent(-8)]).toEqual([-0.5, 4]);
    expect([frexpMantissa(MIN_VALUE), frexpExponent(MIN_VALUE)]).toEqual([0.5, -1073]);
    expect([frexpMantissa(MAX_VALUE), frexpExponent(MAX_VALUE)]).toEqual([1 - 2 ** -53, 1024]);
  });
});
