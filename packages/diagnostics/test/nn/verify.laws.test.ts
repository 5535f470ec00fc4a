import { ArgumentError, mul, relu, tanh } from "@isograd/autograd";
import type { Finding } from "@isograd/diagnostics";
import {
  type OptimizerFactory,
  reinitialize,
  scaleLearningRate,
  verifyRemedies,
} from "@isograd/diagnostics/nn";
import { crossEntropy, Linear, Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../networks/plain.ts";
import { learnable, remedyThat } from "./samples.ts";

const batch = learnable("laws", 16);
const many = (count: number) => Array.from({ length: count }, () => batch);
const optimizer: OptimizerFactory = ({ model }) => new SGD(model.parameters(), { learningRate: 0.1 });
const slowly: OptimizerFactory = ({ model }) => new SGD(model.parameters(), { learningRate: 1e-9 });
const quickly: OptimizerFactory = ({ model }) => new SGD(model.parameters(), { learningRate: 1 });

/** Two activations, tanh first; healthy. */
const model = new Sequential([
  ...plain({ width: 8, depth: 2, activation: tanh, weights: 1, seed: "laws" }).layers,
  ...plain({ inputs: 4, width: 8, depth: 2, activation: relu, weights: 2, seed: "laws" }).layers,
]);

const found: Finding = {
  ...{ detector: "gradientFlow", fault: "exploding", severity: "alarm", places: ["layers.0"], band: null },
  ...{
    measured: { statistic: "a statistic", value: 1 },
    pValue: null,
    consequence: "",
    causes: [],
    disproof: "",
  },
};
type Options = Partial<Parameters<typeof verifyRemedies>[4]>;
const verify = (options: Options, finding: Partial<Finding> = {}) =>
  verifyRemedies(
    model,
    batch,
    crossEntropy,
    { findings: [{ ...found, ...finding }] },
    { optimizer, batches: many(2), heldOut: [batch], ...options },
  );

const idle = remedyThat(() => {});
const namesOf = (verified: ReturnType<typeof verify>): string[] => verified.map(({ remedy }) => remedy.name);

describe("where it is not told", () => {
  it("draws by a seed of 0", () => {
    const losses = (options: Options): number[] =>
      verify({ remedies: reinitialize(tanh).slice(0, 1), ...options }).map(({ trialLoss }) => trialLoss);
    expect(losses({})).toEqual(losses({ seed: 0 }));
    expect(losses({})).not.toEqual(losses({ seed: 1 }));
  });

  it("takes a fault for one from the beginning: the network need not teach, and other steps are no answer", () => {
    expect(verify({ remedies: [idle] })[0].passed).toBe(true);
    expect(verify({ remedies: [idle] }, { step: 1 })[0].passed).toBe(false);
  });

  it("gives weights for the first of its activations", () => {
    const names: string[] = [];
    const stop = new Error("told enough");
    const onTrial = (name: string): void => {
      names.push(name);
      throw stop;
    };
    expect(() => verify({ onTrial })).toThrow(stop);
    expect(names).toEqual(["initialization: criticalInit(tanh)"]);
  });

  it.each([
    ["an eighth of the batches", { batches: many(8), heldOut: undefined }, 7],
    ["no less than one", { batches: many(9), heldOut: [] }, 7],
    ["all where there is one", { batches: many(1), heldOut: undefined }, 1],
    ["none where others are given", { batches: many(8) }, 8],
  ])("holds out the last of what it is given: %s", (_, options, steps) => {
    expect(verify({ remedies: [idle], ...options })[0].evidence).toContain(` in ${steps} steps,`);
  });
});

describe("what is tried", () => {
  it("claims to cure what was found, and that is no information only", () => {
    expect(verify({ remedies: [idle] }, { fault: "dead" })).toEqual([]);
    expect(verify({ remedies: [idle] }, { severity: "info" })).toEqual([]);
    expect(verify({ remedies: [idle] }, { severity: "warning" })).toHaveLength(1);
  });

  it("is as many as are given, and said so", () => {
    const counts: number[] = [];
    const remedies = [idle, remedyThat(() => {}, { name: "another" })];
    verify({ remedies, onTrial: (_, __, count) => counts.push(count) });
    expect(counts).toEqual([2, 2]);
  });

  it("is nothing without a batch to try it on", () => {
    expect(() => verify({ batches: [] })).toThrow(ArgumentError);
  });
});

describe("those that go at the cause", () => {
  const cause = { causes: [{ part: "activation", logShare: -1, explanation: "" }] } as const;
  const likely = "activation: relu, initialization: criticalInit(relu)";

  it("are tried for as many steps as it takes to see one learn, before the others", () => {
    let steps = 0;
    const counting: OptimizerFactory = () =>
      ({ zeroGrad: () => {}, step: () => void steps++ }) as unknown as SGD;
    const stop = new Error("told enough");
    const names: string[] = [];
    const onTrial = (name: string): void => {
      if (names.push(name) > 1) throw stop;
    };
    const options = { optimizer: counting, batches: many(70), candidates: [relu], onTrial };
    expect(() => verify(options, cause)).toThrow(stop);
    expect([names[0], steps]).toEqual([likely, 32]);
  });

  it("are all there is where they alone are asked for, and go on to the end", () => {
    const [{ evidence }] = verify({ remedies: [idle], batches: many(40), optimizer: slowly }, cause);
    expect(evidence).toContain("in 40 steps");
  });

  it("are enough where one of them plainly teaches", () => {
    const options = { optimizer: quickly, batches: many(10), candidates: [relu] };
    expect(namesOf(verify(options, cause))).toEqual([likely]);
  });
});

it("ranks those that passed first, by their loss, and those without a loss last", () => {
  const scaled = (factor: number) =>
    remedyThat(
      ({ model: clone }) => {
        const { weight } = clone.modules().findLast((each) => each instanceof Linear) as Linear;
        weight.assign(mul(weight.detach(), factor));
      },
      { name: `times ${factor}` },
    );
  const fails = remedyThat(
    () => {
      throw new ArgumentError("fails", "expected another network", "this one");
    },
    { name: "fails" },
  );
  // Steps that do as they did without treatment do not pass, however low the loss.
  const same = remedyThat(() => {}, { name: "same", measure: "training" });
  // Larger weights behind make larger steps, which is all that counts here.
  const verified = verify({ remedies: [fails, scaled(0.5), same, scaled(1), scaled(4)] });
  expect(namesOf(verified)).toEqual(["times 4", "times 1", "times 0.5", "same", "fails"]);
  expect(verified.map(({ passed }) => passed)).toEqual([true, true, true, false, false]);
  expect(verified[3].trialLoss).toBeLessThan(verified[2].trialLoss);
});

describe("pairs of remedies", () => {
  const pairsOf = (options: Options): number =>
    namesOf(verify({ candidates: [], ...options })).filter((name) =>
      name.endsWith(", optimizer: Adam at 0.01"),
    ).length;

  it("are tried where none has taught, and none of those that are given", () => {
    expect(pairsOf({ optimizer: slowly })).toBeGreaterThan(1);
    expect(pairsOf({ optimizer: slowly, remedies: [idle, ...scaleLearningRate([10])], thorough: true })).toBe(
      0,
    );
  });
});
