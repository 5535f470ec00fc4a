import { fromData, NonFiniteError, parameter, type Tensor, tensor, zeros } from "@isograd/autograd";
import { clipGradNorm, clipGradNormPerTensor, clipGradValue } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNumbers, type Packed, readCases, unpack } from "../reference/cases.ts";

interface ClipCase {
  readonly kind: "norm" | "value";
  readonly max: number;
  readonly normType?: number | "inf";
  readonly norm?: number;
  readonly grads: readonly Packed[];
  readonly clipped: readonly (readonly number[])[];
}

/** Parameters with the given gradients. */
function withGradients(...gradients: (Tensor | null)[]): Tensor[] {
  return gradients.map((gradient) => {
    const made = parameter(zeros(gradient?.shape ?? [1], gradient?.dtype));
    made.grad = gradient;
    return made;
  });
}

const f64 = (...numbers: number[]): Tensor => fromData(Float64Array.from(numbers), [numbers.length]);

it.each(readCases<ClipCase>("clipping.json"))(
  "clips by $kind $normType as PyTorch does",
  ({ kind, max, normType, norm, grads, clipped }) => {
    const parameters = withGradients(...grads.map((grad) => unpack(grad)));
    if (kind === "norm") {
      const done = clipGradNorm(parameters, max, {
        normType: Number(normType === "inf" ? Number.POSITIVE_INFINITY : normType),
      });
      expectNumbers([done.norm], [norm ?? 0], 1e-12);
      expectNumbers([done.factor], [max / ((norm ?? 0) + 1e-6)], 1e-12);
    } else {
      const { largest, changed } = clipGradValue(parameters, max);
      const all = grads.flatMap(({ data }) => data.map(Math.abs));
      expect(largest).toBe(Math.max(...all));
      expect(changed).toBe(all.filter((value) => value > max).length);
    }
    parameters.forEach(({ grad }, k) => {
      expectNumbers(grad?.values() ?? [], clipped[k], 1e-12);
    });
  },
);

describe("clipGradNorm", () => {
  it("brings the joint norm to the limit and keeps the direction, or changes nothing", () => {
    const magnitude = fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000);
    const some = fc.array(magnitude, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom(1, 1.5, 2, Number.POSITIVE_INFINITY),
        fc.integer({ min: 1, max: 4000 }),
        (a, b, normType, limit) => {
          const parameters = withGradients(f64(...a), null, f64(...b));
          const before = parameters.map(({ grad }) => grad);
          const { norm, factor } = clipGradNorm(parameters, limit / 1000, { normType });
          const after = clipGradNorm(parameters, 1e9, { normType }).norm;
          expect(factor).toBe(Math.min(1, limit / 1000 / (norm + 1e-6)));
          expect(after).toBeLessThanOrEqual((limit / 1000) * (1 + 1e-9) + (factor === 1 ? norm : 0));
          expectNumbers(
            parameters[0].grad?.values() ?? [],
            a.map((value) => value * factor),
            1e-12,
          );
          expectNumbers(
            parameters[2].grad?.values() ?? [],
            b.map((value) => value * factor),
            1e-12,
          );
          if (factor === 1) expect(parameters.map(({ grad }) => grad)).toEqual(before);
          expect(parameters[1].grad).toBeNull();
        },
      ),
    );
  });

  it("neither overflows nor underflows", () => {
    expect(clipGradNorm(withGradients(f64(3e200, 4e200)), 1).norm).toBeCloseTo(5e200, -188);
    expect(clipGradNorm(withGradients(f64(3e-200, 4e-200)), 1).norm / 5e-200).toBeCloseTo(1, 12);
    expect(
      clipGradNorm(withGradients(f64(3e-200, 4e-200)), 1, { normType: 3 }).norm / (91 ** (1 / 3) * 1e-200),
    ).toBeCloseTo(1, 12);
    expect(clipGradNorm(withGradients(f64(0, 0)), 1)).toEqual({ norm: 0, factor: 1 });
    expect(clipGradNorm(withGradients(null), 1)).toEqual({ norm: 0, factor: 1 });
  });

  it("never writes to a gradient that somebody holds", () => {
    const held = tensor([3, 4]);
    const [one] = withGradients(held);
    clipGradNorm([one], 1);
    expect(held.toArray()).toEqual([3, 4]);
    expect(one.grad?.values()[0]).toBeCloseTo(0.6, 5);
  });

  it("refuses limits and norm types that make no sense", () => {
    expect(() => clipGradNorm([], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradNorm: expected a positive limit, got 0]`,
    );
    expect(() => clipGradNorm([], Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradNorm: expected a positive limit, got NaN]`,
    );
    expect(() => clipGradNorm([], 1, { normType: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradNorm: expected a positive norm type, or Infinity, got 0]`,
    );
  });
});

describe("clipGradNormPerTensor", () => {
  it("clips each gradient by itself", () => {
    const parameters = withGradients(f64(3, 4), null, f64(0.3, 0.4));
    const done = clipGradNormPerTensor(parameters, 1);
    expect(done[0]?.norm).toBe(5);
    expect(done[0]?.factor).toBeCloseTo(0.2, 6);
    expect(done[1]).toBeNull();
    expect(done[2]).toEqual({ norm: 0.5, factor: 1 });
    expectNumbers(parameters[0].grad?.values() ?? [], [0.6, 0.8], 1e-6);
    expect(parameters[2].grad?.toArray()).toEqual([0.3, 0.4]);
  });
});

describe("gradients that are not finite", () => {
  const calls = {
    clipGradNorm: (parameters: Tensor[], errorIfNonFinite?: boolean) =>
      clipGradNorm(parameters, 1, { errorIfNonFinite }),
    "clipGradNorm, largest": (parameters: Tensor[], errorIfNonFinite?: boolean) =>
      clipGradNorm(parameters, 1, { errorIfNonFinite, normType: Number.POSITIVE_INFINITY }),
    clipGradNormPerTensor: (parameters: Tensor[], errorIfNonFinite?: boolean) =>
      clipGradNormPerTensor(parameters, 1, { errorIfNonFinite }),
    clipGradValue: (parameters: Tensor[], errorIfNonFinite?: boolean) =>
      clipGradValue(parameters, 1, { errorIfNonFinite }),
  };

  it.each(Object.entries(calls))("%s: are an error that changes nothing", (_, clip) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const parameters = withGradients(f64(30, 40), f64(1, bad));
      expect(() => clip(parameters)).toThrow(NonFiniteError);
      expect(() => clip(parameters)).toThrow(/parameter 1; nothing was changed/);
      expect(parameters.map(({ grad }) => grad?.toArray())).toEqual([
        [30, 40],
        [1, bad],
      ]);
    }
  });

  it.each(Object.entries(calls))("%s: stay visible when told to go on", (_, clip) => {
    const parameters = withGradients(f64(30, 40), f64(1, Number.NaN));
    clip(parameters, false);
    expect(parameters[1].grad?.values()[1]).toBeNaN();
  });
});
