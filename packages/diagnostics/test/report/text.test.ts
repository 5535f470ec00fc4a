import { relu, type Tensor, tanh, tensor } from "@isograd/autograd";
import { type Diagnosis, diagnose, type Finding, formatDiagnosis, formatFinding } from "@isograd/diagnostics";
import { constant, crossEntropy } from "@isograd/nn";
import { expect, it } from "vitest";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";

const batch = classes({ seed: "report" });

function diagnosisOf(options: Partial<Plain>): Diagnosis {
  const model = plain({ width: 24, depth: 12, activation: relu, weights: 2, seed: "report", ...options });
  return diagnose(model, batch, crossEntropy);
}

it("a healthy network is one line", () => {
  expect(formatDiagnosis(diagnosisOf({}))).toMatchInlineSnapshot(
    `"verdict: healthy · gradient first/last layer 0.398, 0.913 a layer"`,
  );
});

it("an alarm says what, where, how sure, what follows, why, and what would disprove it", () => {
  expect(formatDiagnosis(diagnosisOf({ depth: 16, weights: 8 }))).toMatchInlineSnapshot(`
    "verdict: exploding · gradient first/last layer 25300, 1.94 a layer

    alarm: exploding in layers.0 … layers.30 (16 layers)
      measured:     gradient norm at layers.0 over that at layers.30 is 25300; healthy networks: 0.0636 to 7.6, p = 2e-11
      consequence:  the gradient of layers.0 is 25300 times that of layers.30: a learning rate that one can bear destroys or starves the other, and the numbers end in overflow
      cause:        weights: the weights have fanIn · variance = 8.08 where 2 keeps the gradient: they are 2.01 times as large as they should be, which multiplies |gradient|² by 4.04 a layer
      disproved by: one step of plain gradient descent at one learning rate that changes layers.0 and layers.30 by the same share of their weights"
  `);
});

it("dead units", () => {
  expect(formatDiagnosis(diagnosisOf({ depth: 3, bias: constant(-20) }))).toMatchInlineSnapshot(`
    "verdict: dead · gradient first/last layer 0, 0 a layer

    alarm: dead in layers.0, layers.2
      measured:     share of dead units in layers.0 (24 of 24) is 1; healthy networks: 0 to 0.792, p = 1e-7
      consequence:  no gradient passes layers.0, layers.2: what lies below can never learn, and the output does not depend on the input
      cause:        bias: the biases average -20 where the weighted sums vary by ±1.33: they hold the units on the flat side of relu
      disproved by: a batch of other examples from the same data for which these units have a slope that is not zero"
  `);
});

it("values that are not finite have no number to show", () => {
  const model = plain({ width: 8, depth: 2, activation: tanh, seed: "report" });
  const holed = tensor(
    batch.inputs.values().map((value, k) => (k === 40 ? Number.NaN : value)),
    { shape: [32, 16] },
  );
  const { findings } = diagnose(model, { inputs: holed, targets: batch.targets }, crossEntropy);
  expect(formatFinding(findings[0])).toMatchInlineSnapshot(`
    "alarm: nonFinite
      measured:     example 2 of the batch holds NaN
      consequence:  every parameter that this gradient reaches becomes NaN at the next step
      cause:        data: the inputs hold one value that is not finite, the first in row 2
      disproved by: the same batch through the same parameters with a finite loss and finite gradients"
  `);
});

it("what is only worth knowing is said in brief, behind all that matters", () => {
  const { findings } = diagnosisOf({ depth: 16, weights: 8 });
  const [alarm] = findings;
  const info = { ...alarm, severity: "info", consequence: "no harm" } as const;
  const text = formatDiagnosis({ ...diagnosisOf({}), findings: [info, alarm] });
  expect(text.split("\n\n").slice(1)).toEqual([
    formatFinding(alarm),
    "info: exploding in layers.0 … layers.30 (16 layers)\n  no harm",
  ]);
});

it("one layer has no flow to sum up", () => {
  expect(
    formatDiagnosis(
      diagnose(
        (x: Tensor) => plain({ width: 4, depth: 1, activation: relu, seed: 1 }).call(x),
        batch,
        crossEntropy,
      ),
    ),
  ).toBe("verdict: healthy");
});

it("what cures it: the best with its code, others by name", () => {
  const finding: Finding = {
    ...{ detector: "it", fault: "dead", severity: "alarm", places: [], band: null, pValue: null },
    ...{ measured: { statistic: "it", value: 1 }, consequence: "none", causes: [], disproof: "another" },
  };
  const remedies = ["a", "b", "c", "d", "e", "f"].map((name) => ({
    name,
    code: `x\n${name}`,
    evidence: "works",
  }));
  const lines = (count: number) =>
    formatFinding({ ...finding, remedies: remedies.slice(0, count) })
      .split("\n")
      .slice(4);
  expect(lines(0)).toEqual([]);
  expect(lines(1)).toEqual(["  cured by:     a: works", "    x", "    a"]);
  expect(lines(3).at(-1)).toBe("  also cured by: b; c");
  expect(lines(6).at(-1)).toBe("  also cured by: b; c; d; 2 more");
});
