import { describe, expect, it } from "vitest";
import { answerOf, estimateOf, type Measurement, verdictOf } from "../../claims/claim.ts";

const measured = (values: Measurement["values"], rest: Partial<Measurement> = {}): Measurement => ({
  setting: "here",
  quantity: "points",
  values,
  claimed: { above: 5 },
  ...rest,
});

describe("an answer", () => {
  it.each([
    [[6, 6.2, 6.4], { above: 5 }, "yes"],
    [[6, 6.2, 6.4], { below: 5 }, "no"],
    [[4, 4.2, 4.4], { above: 5 }, "no"],
    [[4, 4.2, 4.4], { below: 5 }, "yes"],
    [[4, 5.2, 6.4], { above: 5 }, "open"],
    [[6], { above: 5 }, "open"],
    [[Number.NaN, 6, 6], { above: 5 }, "open"],
    [5, { above: 5 }, "open"],
    [5.1, { above: 5 }, "yes"],
  ] as const)("of %j that is claimed %j is %s", (values, claimed, answer) => {
    expect(answerOf(measured(values, { claimed }))).toBe(answer);
  });

  it("is none where nothing is claimed", () => {
    expect(answerOf(measured(6, { claimed: undefined }))).toBeNull();
  });

  it("takes factors by their logarithms", () => {
    const factors = measured([100, 1000, 10_000], { isFactor: true });
    expect(estimateOf(factors).mean).toBeCloseTo(3, 12);
    expect(answerOf({ ...factors, claimed: { above: 1 } })).toBe("yes"); // the values themselves leave it open
    expect(answerOf({ ...factors, isFactor: false, claimed: { above: 1 } })).toBe("open");
    expect(answerOf(measured([0, 0], { isFactor: true, claimed: { below: 1e-3 } }))).toBe("yes");
    expect(answerOf(measured([Number.POSITIVE_INFINITY, 1e38], { isFactor: true }))).toBe("yes");
  });
});

describe("a verdict", () => {
  const [yes, no, open] = [measured(6), measured(4), measured(5)];
  it.each([
    [[yes, yes], "holds"],
    [[yes, no], "holds under a condition"],
    [[yes, open], "holds under a condition"],
    [[no, no], "does not hold"],
    [[no, open], "does not hold"],
    [[open, open], "open"],
  ] as const)("%# is %s", (measurements, verdict) => {
    expect(verdictOf(measurements)).toBe(verdict);
    // What claims nothing decides nothing.
    expect(verdictOf([...measurements, measured(4, { claimed: undefined })])).toBe(verdict);
  });
});
