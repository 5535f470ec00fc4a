import { describe, expect, it } from "vitest";
import { readMnist } from "../../../demo/data/mnist.ts";
import { sickNetworks } from "../../../demo/networks.ts";
import { type Plan, planFor } from "../../../demo/plan.ts";
import type { Job } from "../../../demo/processes/messages.ts";
import type { SickRecord, TreatmentRecord } from "../../../demo/study/records.ts";
import { study } from "../../../demo/study/study.ts";

const plan: Plan = {
  ...planFor(readMnist(null), true),
  layers: 14,
  width: 32,
  trainingImages: 2000,
  testImages: 2000,
  epochs: 1,
  batchSize: 32,
  learningRate: 2e-3,
  examined: 64,
  trialSteps: 12,
};

const job = (network: string, role: Job["role"]): Job => ({ network, role, plan, seed: 5, data: null });
const ignore = (): void => {};

/** What is wrong with each network, for those who know it: nothing in the demonstration does. */
const faults: Readonly<Record<string, string>> = {
  sigmoid: "vanishing",
  "large weights": "exploding",
  "negative bias": "dead",
};

describe("study", () => {
  it.each(sickNetworks.map(({ name }) => name))("diagnoses and heals %s", async (name) => {
    const shares: number[] = [];
    const sick = (await study(job(name, "sick"), ignore)) as SickRecord;
    const treatment = (await study(job(name, "treatment"), (share) => shares.push(share))) as TreatmentRecord;
    expect(sick.sighting?.step).toBe(0);
    expect(sick.sighting?.finding.fault).toBe(faults[name]);
    expect(treatment.diagnosis.verdict).toBe(faults[name]);
    expect(treatment.explanation).toContain(faults[name]);
    const { healed, remedies } = treatment;
    expect(healed?.applied).toEqual(remedies[0]);
    expect(healed?.diagnosis.verdict).toBe("healthy");
    expect(sick.training.testAccuracy).toBeLessThan(0.3);
    expect(healed?.training.testAccuracy).toBeGreaterThan(0.6);
    expect(remedies.some(({ passed }) => !passed)).toBe(true);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(sick.training.losses).toHaveLength(60);
  });

  it("depends on the seed, not on what the process did before", async () => {
    const tiny = { ...job("sigmoid", "sick"), plan: { ...plan, trainingImages: 320 } };
    const losses = async (seed: number) => {
      const record = (await study({ ...tiny, seed }, ignore)) as SickRecord;
      return [record.training.testAccuracy, record.training.losses];
    };
    const first = await losses(1);
    expect(await losses(2)).not.toEqual(first);
    expect(await losses(1)).toEqual(first);
  });
});
