import { relu, tanh } from "@isograd/autograd";
import type { Cause, Fault, Finding, Severity } from "@isograd/diagnostics";
import { remediesFor } from "@isograd/diagnostics/nn";
import { describe, expect, it } from "vitest";
import { claimsOf, likeliest, stepsToShow } from "../../src/nn/claims.ts";
import { remedyThat } from "./samples.ts";

interface Sketch {
  readonly fault: Fault;
  readonly cause?: Cause["part"];
  readonly severity?: Severity;
  readonly step?: number;
}

const finding = ({ fault, cause, severity = "alarm", step }: Sketch): Finding =>
  ({ fault, severity, step, causes: cause === undefined ? [] : [{ part: cause }] }) as unknown as Finding;

const namesOf = (remedies: readonly { readonly name: string }[]): string[] =>
  remedies.map(({ name }) => name);

describe("what claims to cure a finding", () => {
  const steps = ["learning rate times 0.1", "clipping: none", "optimizer: Adam at 0.01"];
  const claims = (...found: Sketch[]): string[] => namesOf(claimsOf(remediesFor(relu), found.map(finding)));

  it("are changes of the network, whenever it is found", () => {
    for (const fault of ["vanishing", "dead", "symmetric", "stalled"] as const)
      expect(claims({ fault })).toContain("weight normalization");
    expect(claims({ fault: "mismatched" })).toEqual([
      "output: linear",
      "output: sigmoid",
      "output: logSoftmax",
    ]);
    expect(namesOf(claimsOf(remediesFor(null, [tanh]), [finding({ fault: "redundant" })]))).toEqual([
      "activations: tanh, initialization: criticalInit(tanh)",
    ]);
  });

  it("are other steps where the steps that follow would be too large, and behind the first step", () => {
    expect(claims({ fault: "exploding" })).toEqual(expect.arrayContaining(steps));
    expect(claims({ fault: "dead", step: 1 })).toEqual(expect.arrayContaining(steps));
    for (const name of steps) expect(claims({ fault: "dead" })).not.toContain(name);
    expect(claims()).toEqual([]);
  });

  it.each<[Fault, boolean]>([
    ["exploding", true],
    ["nonFinite", true],
    ["divergent", true],
    ["stalled", true],
    ["vanishing", false],
    ["dead", false],
    ["symmetric", false],
  ])("are other steps before training against %s: %s; in training they always are", (fault, answers) => {
    const steps = remedyThat(() => {}, { measure: "training", cures: [fault] });
    const isTried = (step?: number) => claimsOf([steps], [finding({ fault, step })]).length === 1;
    expect([undefined, 0, 1].map(isTried)).toEqual([answers, answers, true]);
    expect(claimsOf([steps], [finding({ fault: "redundant", step: 1 })])).toEqual([]);
  });
});

describe("the likeliest", () => {
  const first = (...found: Sketch[]): string[] =>
    namesOf(likeliest(remediesFor(relu, [tanh]), found.map(finding)));

  it("are those of the output where it does not fit, whatever that does to gradients", () => {
    expect(first({ fault: "mismatched" }, { fault: "vanishing", cause: "activation" })).toEqual([
      "output: linear",
      "output: sigmoid",
      "output: logSoftmax",
    ]);
  });

  it("are those that go at the most important cause", () => {
    expect(first({ fault: "vanishing", cause: "activation" })).toEqual([
      "activation: tanh, initialization: criticalInit(tanh)",
    ]);
    expect(first({ fault: "exploding", cause: "operation" })).toEqual([
      "shortcuts",
      "shortcuts with learnt scales",
      "layers times 0.25",
      "layers times 0.1",
    ]);
    expect(first({ fault: "dead", cause: "bias" })).toContain("initialization: criticalInit(relu)");
    expect(first({ fault: "exploding", cause: "residual" })).toEqual(["residual scale"]);
    expect(first({ fault: "exploding", cause: "alignment" })).toEqual([]);
    expect(first({ fault: "vanishing" })).toEqual([]);
    expect(first()).toEqual([]);
  });

  it("make steps that are too short longer, and those that are too long shorter", () => {
    const adam = ["optimizer: Adam at 0.01", "optimizer: Adam at 0.001"];
    expect(first({ fault: "stalled", cause: "learningRate" })).toEqual([
      "learning rate times 10",
      "learning rate times 100",
      "learning rate times 1000",
      "clipping: none",
      ...adam,
    ]);
    expect(first({ fault: "divergent", cause: "learningRate" })).toEqual([
      "learning rate times 0.1",
      "learning rate times 0.01",
      "learning rate times 0.001",
      ...adam,
    ]);
  });

  it("answer what was found first, and the gravest of that", () => {
    const weights = { fault: "vanishing", cause: "weights" } as const;
    const rate = { fault: "divergent", cause: "learningRate", step: 3 } as const;
    const activation = { fault: "saturated", cause: "activation", severity: "warning" } as const;
    expect(first(rate, activation, weights)).toEqual(first(weights));
    expect(first(rate, activation)).toEqual(first(activation));
    // What has no step was found at the first one, step 0.
    expect(first({ ...rate, step: 1 }, activation)).toEqual(first(activation));
    expect(first({ ...activation, step: 0 }, weights)).toEqual(first(weights));
  });
});

it("what goes wrong with time takes its time, what never began does not", () => {
  const steps = (...found: Sketch[]): number => stepsToShow(found.map(finding));
  expect(steps({ fault: "divergent", step: 7 }, { fault: "dead", step: 90 })).toBe(7);
  expect(steps({ fault: "stalled", step: 128 }, { fault: "dead", step: 90 })).toBe(0);
  expect(steps({ fault: "vanishing" })).toBe(0);
});
