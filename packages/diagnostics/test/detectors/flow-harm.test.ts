import { expect, it } from "vitest";
import { harmOfLoudness, harmOfRoughness, harmOfVanishing, isBeyond } from "../../src/detectors/flow-harm.ts";

it("a factor is harmful beyond 10³, in its direction", () => {
  expect([isBeyond(1001, true), isBeyond(999, true), isBeyond(1e-9, true)]).toEqual([true, false, false]);
  expect([isBeyond(1 / 1001, false), isBeyond(1 / 999, false), isBeyond(1e9, false)]).toEqual([
    true,
    false,
    false,
  ]);
});

it("signals that explode are, from five times the loss of an output of zeros on", () => {
  expect(harmOfLoudness(4.9)).toBe(null);
  expect(harmOfLoudness(5.1)).toMatchInlineSnapshot(
    `"the loss begins at 5.1 times that of an output of zeros: what chance drew has to be unlearnt first"`,
  );
});

it("slopes are, where inputs five times nearer than the examples come out as far apart", () => {
  expect(harmOfRoughness({ roughness: 24 })).toBe(null);
  expect(harmOfRoughness({ roughness: 26 })).toMatchInlineSnapshot(
    `"inputs 5.1 times nearer to each other than the examples come out as far apart: what is learnt of one says nothing of those near it"`,
  );
});

it("vanishing is, where a ten thousandth differs from example to example", () => {
  expect(harmOfVanishing({ contrast: 1.1e-4 })).toBe(null);
  expect(harmOfVanishing({ contrast: 0.9e-4 })).toMatchInlineSnapshot(
    `"of what the weights of any layer get, 9.0e-5 at most differs from example to example: what all have in common is learnt 11100 times faster"`,
  );
});

it("what is not known does no harm", () => {
  expect(harmOfLoudness(Number.NaN)).toBe(null);
  expect(harmOfRoughness({ roughness: Number.NaN })).toBe(null);
  expect(harmOfVanishing({ contrast: Number.NaN })).toBe(null);
});
