import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/finding.ts";
import type { Change } from "../../../src/watch/norms/monitor.ts";
import { Unreached } from "../../../src/watch/norms/unreached.ts";

const finding = { severity: "alarm", consequence: "stays as it is" } as Finding;

interface Course {
  readonly loss: (step: number) => number;
  /** Of the layer, from step 93 on; it lost its gradient at step 93. */
  readonly norm?: (step: number) => number;
  /** Log of the norm over that of the others. */
  readonly value?: number;
  readonly place?: string | null;
  readonly at?: number;
}

/** How grave it is at step 100, when it is found, and at which later steps it is graver. */
function verdict({ loss, norm = () => 0, place = "b", at = 100, ...course }: Course): [string, ...number[]] {
  const { value = Number.NEGATIVE_INFINITY } = course;
  const unreached = new Unreached();
  const said: [string, ...number[]] = [""];
  for (let step = 0; step < 300; step++) {
    const layerNorms = [1, step > at - 8 ? norm(step) : 1];
    const seen = { step, loss: loss(step), gradientNorm: 1, totalFactor: 1, places: ["a", "b"], layerNorms };
    for (const each of unreached.next(seen)) {
      expect(each).toBe(finding);
      said.push(step);
    }
    if (step === at)
      said[0] = unreached.judge({ kind: "collapse", place, value } as Change, finding).severity;
  }
  return said;
}

/** Falls to a half, with a swing of a tenth. */
const learning = (step: number): number => 0.5 + 0.5 * 0.95 ** step + 0.05 * Math.sin(step);

describe("a layer that lost its gradient", () => {
  it("is a warning where training is under way and the loss does not rise", () => {
    expect(verdict({ loss: learning })).toEqual(["warning"]);
    const unreached = new Unreached();
    for (let step = 0; step < 60; step++)
      unreached.next({
        step,
        loss: learning(step),
        gradientNorm: 1,
        totalFactor: 1,
        places: [],
        layerNorms: [],
      });
    const change = { kind: "collapse", place: "b", value: Number.NEGATIVE_INFINITY } as Change;
    expect(unreached.judge(change, finding).consequence).toMatch(/^b is not reached by these examples, /);
    expect(unreached.judge({ ...change, value: -9 }, finding).consequence).toMatch(/^stays as it is, /);
  });

  it("is an alarm where nothing was learnt before", () => {
    expect(verdict({ loss: () => 1 })).toEqual(["alarm"]);
    expect(verdict({ loss: (step) => (step < 8 ? 1 : 0.81) })).toEqual(["alarm"]);
    expect(verdict({ loss: (step) => (step < 8 ? 1 : 0.79) })).toEqual(["warning"]);
    expect(verdict({ loss: (step) => (step < 8 ? 2 : 1.62) })).toEqual(["alarm"]);
    expect(verdict({ loss: (step) => (step < 8 ? 2 : 1.58) })).toEqual(["warning"]);
    expect(verdict({ loss: learning, at: 12 })).toEqual(["alarm"]);
    expect(verdict({ loss: (step) => -learning(step) })).toEqual(["alarm"]);
    expect(verdict({ loss: () => Number.NaN })).toEqual(["alarm"]);
  });

  it("is an alarm where the loss rises with it, or later as long as it is gone", () => {
    const rising = (from: number) => (step: number) => learning(step) + (step > from ? 0.3 : 0);
    expect(verdict({ loss: rising(92) })).toEqual(["alarm"]);
    expect(verdict({ loss: rising(105) })).toEqual(["warning", 132]);
    expect(verdict({ loss: rising(140) })).toEqual(["warning", 164]);
    expect(verdict({ loss: rising(165) })).toEqual(["warning"]);
    expect(verdict({ loss: rising(105), norm: (step) => (step === 120 ? 1e-9 : 0) })).toEqual(["warning"]);
    expect(verdict({ loss: rising(105), value: -9 })).toEqual(["warning"]);
  });

  it("is an alarm from three standard errors on, of 8 losses against the 32 before", () => {
    // A deviation of 0.05 √(32 / 31), times √(1/8 + 1/32): 0.0201.
    const swinging =
      (rise: number, outlier = -1) =>
      (step: number) =>
        step < 8 ? 1 : step === outlier ? 5 : 0.5 + (step % 2 ? 0.05 : -0.05) + (step > 92 ? rise : 0);
    expect(verdict({ loss: swinging(0.063) })[0]).toBe("alarm");
    expect(verdict({ loss: swinging(0.058) })[0]).toBe("warning");
    expect(verdict({ loss: swinging(0.063, 60) })[0]).toBe("alarm");
    expect(verdict({ loss: swinging(0.063, 61) })[0]).toBe("warning");
  });

  it("is an alarm where it is all of them", () => {
    expect(verdict({ loss: learning, place: null })).toEqual(["alarm"]);
  });
});
