import { describe, expect, it } from "vitest";
import { findCutOff } from "../../src/detectors/cut-off.ts";
import type { Finding } from "../../src/finding.ts";
import type { FlowLayer, HealthyFlow } from "../../src/flow/profile.ts";

/** Gets a gradient, as do its weights. */
const open = { largestGradientNorm: 1, weightGradientNorm: 1, weightNorm: 1 };
/** Gets none. */
const cut = { largestGradientNorm: 0, weightGradientNorm: 0, weightNorm: 1 };
/** Has weights of zero, which get a gradient, or none. */
const [beginning, asleep] = [1, 0].map((weightGradientNorm) => ({
  ...open,
  weightNorm: 0,
  weightGradientNorm,
}));

/** What is said of layers, the first one first: they are called a, b, c, … */
const said = (layers: readonly Partial<FlowLayer>[], healthy: HealthyFlow | null = null): Finding[] =>
  findCutOff({
    layers: layers.map((layer, k) => ({ ...layer, place: "abcdef"[k] }) as FlowLayer),
    healthy,
  });

const severities = (...layers: Partial<FlowLayer>[]) => said(layers).map(({ severity }) => severity);

it("names the layers that get no gradient at all, on no use of their weights", () => {
  expect(severities(open, open)).toEqual([]);
  expect(severities({ ...open, gradientNorm: 0 }, open)).toEqual([]);
  const [{ places, measured, consequence }] = said([open, cut, cut, open]);
  expect(places).toEqual(["b", "c"]);
  expect(measured).toEqual({ statistic: "gradient norm at c", value: 0 });
  expect(consequence).toBe("the gradient of b, c is exactly zero: they never change");
  expect(said([cut, open])[0].consequence).toBe("the gradient of a is exactly zero: it never changes");
});

describe("weights that begin at zero and get a gradient", () => {
  it("let it through after the first update: that is no alarm", () => {
    expect(severities(cut, beginning)).toEqual(["info"]);
    expect(severities(cut, beginning, cut, cut, beginning, open)).toEqual(["info"]);
    const [{ consequence, causes }] = said([cut, beginning, cut, beginning]);
    expect(consequence).toContain("a, c is exactly zero at the first step, and no longer once b, d changed");
    expect(causes).toMatchObject([{ part: "weights", logShare: Number.NEGATIVE_INFINITY }]);
  });

  it("are an alarm where they get none, where others get none besides, or nothing comes from the loss", () => {
    expect(severities(cut, asleep)).toEqual(["alarm"]);
    expect(severities(cut, beginning, cut, open)).toEqual(["alarm"]);
    expect(severities(cut, beginning, cut)).toEqual(["alarm"]);
    expect(severities(cut, cut)).toEqual(["alarm"]);
  });
});

describe("the cause", () => {
  it("is weights of zero where nothing passes these, those alone", () => {
    const [{ causes }] = said([cut, asleep, cut, open]);
    expect(causes).toMatchObject([{ part: "weights", logShare: Number.NEGATIVE_INFINITY }]);
    expect(causes[0].explanation).toContain("all weights of b are zero, and get no gradient");
  });

  it("is what lies between, where weights are there, or nothing arrives at all", () => {
    for (const layers of [
      [cut, open],
      [cut, cut],
    ])
      expect(said(layers)[0].causes).toMatchObject([{ part: "operation" }]);
  });
});

it("has the chance that healthy networks have, where there is one", () => {
  const healthy = { pValue: 1e-9 } as HealthyFlow;
  expect(said([cut, open], healthy)[0].pValue).toBe(1e-9);
  expect(said([cut, open])[0].pValue).toBe(null);
  expect(said([cut, beginning], healthy)[0].pValue).toBe(null);
});
