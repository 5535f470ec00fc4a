import { describe, expect, it } from "vitest";
import { answerOf } from "../../claims/claim.ts";
import { type Arm, trainArm } from "../../claims/laboratory/arm.ts";
import { compare } from "../../claims/laboratory/compare.ts";
import { cure } from "../../claims/laboratory/cure.ts";
import { plain } from "../../claims/laboratory/plain-network.ts";
import { tuned } from "../../claims/laboratory/tuned.ts";
import { smallLaboratory } from "./laboratory.ts";

const build = plain({ layers: 2 });

describe("a tuned arm", () => {
  it("has the rate that does best on examples to choose by, and scores on others for each seed", async () => {
    const laboratory = smallLaboratory();
    const { digits } = laboratory.tasks;
    const arm: Arm = { build, rates: [1e-6, 0.1] };
    const result = await tuned(laboratory, digits, arm);
    expect(result.rate).toBe(0.1);
    expect(result.scores).toHaveLength(2);
    expect(Math.min(...result.scores)).toBeGreaterThan(70);
    const again = await trainArm({
      task: digits,
      arm,
      learningRate: 0.1,
      seed: laboratory.seeds[1],
      steps: laboratory.plan.steps,
      on: "test",
    });
    expect(again.score).toBe(result.scores[1]);
    expect(await tuned(laboratory, digits, arm)).toBe(result); // trained once
  });

  it("has the score of chance where numbers become infinite", async () => {
    const { digits: task } = smallLaboratory().tasks;
    const sick = { task, arm: { build: plain({ layers: 8 }) }, learningRate: 1e6, seed: "1", steps: 10 };
    expect(await trainArm({ ...sick, on: "test" })).toMatchObject({ score: 10, stayedFinite: false });
  });

  it("is compared seed by seed", async () => {
    const laboratory = smallLaboratory();
    const arms = { learning: { build, rates: [0.1] }, waiting: { build, rates: [0] } };
    const { values, note, quantity } = await compare(laboratory, {
      setting: "here",
      task: laboratory.tasks.digits,
      arms,
    });
    expect(values).toHaveLength(2);
    expect(Math.min(...(values as number[]))).toBeGreaterThan(40);
    expect(quantity).toBe("points that learning is ahead of waiting");
    expect(note).toMatch(/^learning [\d.]+ at rate 0\.1, waiting [\d.]+ at rate 0$/);
  });

  it("cures if it is close to the healthy one, and helps if it is ahead of the sick one", async () => {
    const laboratory = smallLaboratory();
    const healthy = { build, rates: [0.1] };
    const task = () => laboratory.tasks.digits;
    const ailment = { name: "no step", task, sick: { build, rates: [0] }, healthy };
    const answers = async (remedy: string, treat: Partial<Arm>) =>
      (await cure(laboratory, ailment, remedy, treat)).map(answerOf);
    expect(await answers("steps", { rates: [0.1] })).toEqual(["yes", "yes"]);
    expect(await answers("nothing", {})).toEqual(["no", "no"]);
  });
});
