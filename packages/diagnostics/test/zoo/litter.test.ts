import type { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Family } from "../../zoo/families/family.ts";
import { isGood } from "../../zoo/label.ts";
import { runLitter } from "../../zoo/litter.ts";
import { plain } from "../../zoo/models/plain.ts";
import type { LitterPlan } from "../../zoo/plan.ts";
import { plainSetting, type Setting } from "../../zoo/setting.ts";
import { blobs } from "../../zoo/tasks/blobs.ts";

const setting: Setting = {
  ...plainSetting,
  depth: 2,
  width: 8,
  activation: "tanh",
  weights: { law: "xavier", scale: 1 },
  optimizer: "adam",
  learningRate: 0.05,
  steps: 30,
};

/** Of two members one does not learn. */
const tiny: Family = {
  name: "tiny",
  description: "",
  kind: "classes",
  network: "plain",
  isRedundant: false,
  observedEvery: 5,
  task: (generator: Generator) => blobs(generator),
  build: (own, { outputs }, generator) => plain(own, generator, 2, outputs),
  grid: () => [
    { name: "learns", setting },
    { name: "stands still", setting: { ...setting, learningRate: 1e-9 } },
  ],
};

const plan: LitterPlan = { set: "tuning", family: "tiny", index: 3, faults: 2, oddities: 1, repairs: false };

describe("a litter", () => {
  let done = 0;
  const runs = runLitter(plan, () => done++, tiny);

  it("has the grid, and faults and oddities of its good member", () => {
    expect(runs.map(({ group }) => group === null)).toEqual([true, true, false, false, true]);
    expect(done).toBe(5);
    expect(runs.slice(2).every(({ detail }) => detail?.startsWith("learns: "))).toBe(true);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(5);
  });

  it("is labelled by outcome", () => {
    expect(runs.slice(0, 2).map(({ label }) => label)).toEqual(["healthy", "unlucky"]);
    expect(runs[0].best).toBe(Math.max(...runs.slice(0, 2).map(({ score }) => score ?? 0)));
    const reference = { best: runs[0].best, chance: 1 / 3 };
    for (const { score, label } of runs.slice(2, 4))
      expect(label === "tolerated").toBe(isGood(score ?? Number.NaN, reference));
  });

  it("is the same to the bit when it is run again, but for the time it takes", () => {
    const timeless = (list: typeof runs) => list.map(({ seconds, ...others }) => others);
    expect(timeless(runLitter(plan, () => {}, tiny))).toEqual(timeless(runs));
  });

  it("is another one for another set", () => {
    const [other] = runLitter({ ...plan, set: "published", faults: 0, oddities: 0 }, () => {}, tiny);
    expect(other.score).not.toBe(runs[0].score);
    expect(other.seed).toBe("published/tiny/3");
  });
});
