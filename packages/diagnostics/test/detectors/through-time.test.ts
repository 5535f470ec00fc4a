import { describe, expect, it } from "vitest";
import { detectThroughTime } from "../../src/detectors/through-time.ts";
import type { Recurrence } from "../../src/flow/profile.ts";

const recurrence = (numbers: {
  factorPerStep: number;
  steps?: number;
  pValue?: number;
  z?: number;
}): Recurrence => {
  const { factorPerStep, steps = 11, pValue = 1e-9, z = 9 } = numbers;
  return {
    place: "rnn",
    gradientNorms: Array.from({ length: steps }, (_, t) => factorPerStep ** (steps - 1 - t)),
    factorPerStep,
    healthy: { source: "redraws", band: [0.8, 1.25], pValue, z },
    passed: [],
    omega: (factorPerStep - 1) ** 2,
  };
};

const severities = (...all: Recurrence[]) =>
  detectThroughTime({ recurrences: all }).map(({ severity }) => severity);

describe("through time", () => {
  it("growth is an alarm, fading worth knowing", () => {
    expect(severities(recurrence({ factorPerStep: 3 }))).toEqual(["alarm"]);
    expect(severities(recurrence({ factorPerStep: 0.3 }))).toEqual(["info"]);
  });

  it("turns exactly at a factor of 10³ over all steps, and at p = 0.0004", () => {
    const root = 1000 ** 0.1;
    expect(severities(recurrence({ factorPerStep: root * 1.001 }))).toEqual(["alarm"]);
    expect(severities(recurrence({ factorPerStep: root * 0.999 }))).toEqual([]);
    expect(severities(recurrence({ factorPerStep: 0.999 / root }))).toEqual(["info"]);
    expect(severities(recurrence({ factorPerStep: 1.001 / root }))).toEqual([]);
    expect(severities(recurrence({ factorPerStep: 3, pValue: 0.00039 }))).toEqual(["alarm"]);
    expect(severities(recurrence({ factorPerStep: 3, pValue: 0.00041 }))).toEqual([]);
  });

  it("is judged by Holm's correction, with the other layers and the other tests", () => {
    const borderline = recurrence({ factorPerStep: 3, pValue: 0.0003 });
    expect(severities(borderline, recurrence({ factorPerStep: 1, pValue: 0.9 }))).toEqual([]);
    const others = (list: number[]) => detectThroughTime({ recurrences: [borderline] }, { others: list });
    expect(others([0.5])).toEqual([]);
    expect(others([1e-9])).toHaveLength(1);
  });

  it("has nothing to say without a law, nor of networks that go forward only", () => {
    expect(severities({ ...recurrence({ factorPerStep: 0 }), healthy: null })).toEqual([]);
    expect(
      severities({ ...recurrence({ factorPerStep: 0 }), healthy: null }, recurrence({ factorPerStep: 3 })),
    ).toEqual(["alarm"]);
    expect(severities()).toEqual([]);
  });

  it("says how far back a layer can learn", () => {
    const [{ consequence, causes, places, measured }] = detectThroughTime({
      recurrences: [recurrence({ factorPerStep: 0.5 })],
    });
    expect([places, measured.value]).toEqual([["rnn"], 0.5]);
    expect(causes[0].logShare).toBeCloseTo(2 * Math.log(0.5), 12);
    expect(consequence).toMatchInlineSnapshot(
      `"what came more than 10 steps before has less than a thousandth of the gradient: rnn cannot learn to use it"`,
    );
    expect(causes[0].explanation).toMatchInlineSnapshot(
      `"each step back in time multiplies |gradient| by 0.5 where 1 keeps it (Ω = 0.25)"`,
    );
    expect(
      detectThroughTime({ recurrences: [recurrence({ factorPerStep: 3 })] })[0].consequence,
    ).toMatchInlineSnapshot(
      `"what came 10 steps before the end has 59000 times the gradient of the end: one step of training throws the weights of rnn away"`,
    );
  });
});
