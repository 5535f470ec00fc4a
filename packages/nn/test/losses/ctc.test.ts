import {
  concat,
  full,
  Generator,
  logSoftmax,
  parameter,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { ctcLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";

/** The sum over all ways of naming a class at each step: repeats merge, then blanks go. */
function byEnumeration(logProbabilities: Tensor, target: readonly number[]): number {
  const [time, classes] = logProbabilities.shape;
  const rows = logProbabilities.values();
  let total = 0;
  for (let path = 0; path < classes ** time; path++) {
    const named = Array.from({ length: time }, (_, step) => Math.floor(path / classes ** step) % classes);
    const collapsed = named.filter((label, step) => label !== named[step - 1] && label !== 0);
    if (collapsed.join() !== target.join()) continue;
    total += Math.exp(named.reduce((sum, label, step) => sum + rows[step * classes + label], 0));
  }
  return -Math.log(total);
}

const steps = (time: number, classes: number, seed = 1): Tensor =>
  logSoftmax(randn(new Generator(seed), [time, classes], "f64"));
const whole = (...values: number[]): Tensor => tensor(values, { dtype: "i32", shape: [values.length] });

describe("one example", () => {
  it.each([[[]], [[1]], [[1, 1]], [[2, 1]], [[1, 2, 1]], [[1, 1, 2]]])(
    "sums over all alignments with %j",
    (target) => {
      const x = steps(5, 3);
      const loss = ctcLoss(x, whole(...target), [5], [target.length], { reduction: "sum" });
      expect(loss.shape).toEqual([]);
      expect(loss.item()).toBeCloseTo(byEnumeration(x, target), 13);
    },
  );

  it("is impossible where the inputs are too few", () => {
    const x = parameter(steps(2, 3));
    const none = ctcLoss(x, whole(1, 1), [2], [2]);
    expect(none.item()).toBe(Number.POSITIVE_INFINITY);
    expect(ctcLoss(x, whole(1, 1), [2], [2], { zeroInfinity: true }).item()).toBe(0);
  });

  it("is impossible where a class that is needed has no probability", () => {
    const x = concat([steps(4, 2), full([4, 1], Number.NEGATIVE_INFINITY, "f64")], 1);
    expect(ctcLoss(x, whole(2), [4], [1]).item()).toBe(Number.POSITIVE_INFINITY);
    expect(ctcLoss(x, whole(1), [4], [1]).item()).toBeCloseTo(byEnumeration(x, [1]), 13);
  });

  it("lets NaN through", () => {
    const x = concat([steps(3, 3), full([1, 3], Number.NaN, "f64")], 0);
    expect(ctcLoss(x, whole(1), [4], [1]).item()).toBeNaN();
    expect(ctcLoss(x, whole(1), [3], [1]).item()).not.toBeNaN();
  });
});

it("takes what lies behind the lengths for nothing", () => {
  const batch = randn(new Generator(3), [4, 2, 3], "f64");
  const targets = tensor(Int32Array.of(1, 2, 1, -9), { shape: [2, 2] });
  const [first, second] = ctcLoss(batch, targets, whole(4, 2), whole(2, 1), { reduction: "none" }).values();
  const alone = (example: number, time: number): Tensor =>
    tensor(
      Float64Array.from(
        { length: time * 3 },
        (_, k) => batch.values()[Math.floor(k / 3) * 6 + example * 3 + (k % 3)],
      ),
      { shape: [time, 3] },
    );
  expect(first).toBeCloseTo(byEnumeration(alone(0, 4), [1, 2]), 13);
  expect(second).toBeCloseTo(byEnumeration(alone(1, 2), [1]), 13);
});

it("says what does not fit", () => {
  const [x, y] = [zeros([4, 2, 3]), tensor(Int32Array.of(1, 2, 1, 3), { shape: [2, 2] })];
  const messages = [
    () => ctcLoss(x, whole(1, 2), [4, 4], [1, 1]),
    () => ctcLoss(x, y, [4, 4], [2, 2]),
    () => ctcLoss(x, y, [4, 5], [2, 1]),
    () => ctcLoss(x, y, [4], [2, 1]),
    () => ctcLoss(x, y, [4, 4], [2, 3]),
    () => ctcLoss(x, y, [4, 4], [1, 1], { blank: 3 }),
    () => ctcLoss(zeros([4, 0, 3]), zeros([0, 2], "i32"), [], []),
  ].map((refused) => {
    try {
      return String(refused());
    } catch (error) {
      return String(error);
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "ShapeError: ctcLoss: expected [time, batch, classes] and [batch, longest], or [time, classes] and [length], got [4, 2, 3] and [2]",
      "ArgumentError: ctcLoss: expected class labels from 0 to 2, row 1 differs, got 3",
      "ArgumentError: ctcLoss: expected inputLengths from 1 to 4, got 5",
      "ShapeError: ctcLoss: expected inputLengths for 2 examples, got [1]",
      "ArgumentError: ctcLoss: expected targetLengths from 0 to 2, got 3",
      "ArgumentError: ctcLoss: expected a blank from 0 to 2, got 3",
      "ArgumentError: ctcLoss: expected a batch that is not empty, got [4, 0, 3]",
    ]
  `);
});
