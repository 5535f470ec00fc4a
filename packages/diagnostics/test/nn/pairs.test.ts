import type { Remedy, VerifiedRemedy } from "@isograd/diagnostics";
import type { Treatment } from "@isograd/diagnostics/nn";
import { describe, expect, it } from "vitest";
import { mostPairs, otherNetworks, otherSteps } from "../../src/nn/pairs.ts";
import { changeOptimizer } from "../../src/nn/remedies/optimizer.ts";
import { stepsBeside } from "../../src/nn/remedies-for.ts";
import { remedyThat } from "./samples.ts";

type Verified = VerifiedRemedy<Treatment>;

const verified = (
  measure: Remedy<Treatment>["measure"],
  name: string,
  more: Partial<Verified> = {},
): Verified => ({
  remedy: remedyThat(() => {}, { name, measure }),
  passed: true,
  evidence: `${name} is healthy; loss 2 to 1`,
  trialLoss: 1,
  ...more,
});
const sick = { passed: false, trialLoss: Number.NaN };
const network = (name: string, more: Partial<Verified> = {}): Verified => verified("flow", name, more);
const namesOf = (candidates: readonly { readonly remedy: { readonly name: string } }[]): string[] =>
  candidates.map(({ remedy }) => remedy.name);
const besides = (name: string, steps: readonly { readonly name: string }[]): string[] =>
  steps.map((each) => `${name}, ${each.name}`);

const ranked = [
  verified("training", "clipping"),
  network("a"),
  verified("output", "linear"),
  network("b", { passed: false }),
  network("c"),
  network("sick", sick),
];

describe("other steps", () => {
  it("are tried with the two best networks that came out healthy, where some learn", () => {
    expect(namesOf(otherSteps(ranked, true))).toEqual([
      ...besides("a", stepsBeside()),
      ...besides("b", stepsBeside()),
    ]);
  });

  it("are another optimizer alone where none learns, with all networks", () => {
    expect(namesOf(otherSteps(ranked, false))).toEqual(
      ["a", "b", "c"].flatMap((name) => besides(name, changeOptimizer())),
    );
  });

  it("take what the network showed, without its trial", () => {
    for (const { known } of otherSteps([network("a")], true)) expect(known).toBe("a is healthy");
  });
});

describe("other networks", () => {
  it("are tried with the best steps that passed, none twice", () => {
    const tried = [verified("training", "failed", sick), ...ranked, network("a, clipping")];
    expect(namesOf(otherNetworks(tried))).toEqual(["b, clipping", "c, clipping", "a, clipping, clipping"]);
  });

  it("are none where no steps passed", () => {
    expect(otherNetworks([network("a"), verified("training", "failed", sick)])).toEqual([]);
  });
});

it.each([0, 1, 2, 3, 20])("%i networks that all pass make the most pairs", (count) => {
  const networks = Array.from({ length: count }, (_, k) => network(`${k}`));
  const all = [verified("training", "clipping"), ...networks];
  const steps = [true, false].map((someLearn) => otherSteps(all, someLearn).length);
  expect(mostPairs(all.map(({ remedy }) => remedy))).toBe(Math.max(...steps) + otherNetworks(all).length);
});
