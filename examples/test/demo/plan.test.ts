import { describe, expect, it } from "vitest";
import { planFor, stepsPerEpoch, totalSteps } from "../../demo/plan.ts";

const digits = (count: number) => ({
  count,
  pixels: 784,
  images: new Uint8Array(),
  labels: new Uint8Array(),
});

describe("planFor", () => {
  it("uses all of MNIST, or less of it for a quick run", () => {
    const mnist = { training: digits(60_000), test: digits(10_000) };
    const [full, quick] = [planFor(mnist, false), planFor(mnist, true)];
    expect([full.layers, full.width, full.trainingImages, full.testImages]).toEqual([30, 64, 60_000, 10_000]);
    expect(quick.trainingImages).toBe(10_000);
    expect(totalSteps(quick)).toBeLessThan(totalSteps(full));
  });

  it("asks for no more images than there are", () => {
    const plan = planFor({ training: digits(50), test: digits(9) }, false);
    expect(plan).toMatchObject({ trainingImages: 50, testImages: 9, batchSize: 50, examined: 50 });
    expect(stepsPerEpoch(plan)).toBe(1);
  });
});
