import type { Diagnosis, Fault, Finding } from "@isograd/diagnostics";
import type { Plan } from "../../demo/plan.ts";
import type { CaseRecord, RemedyRecord, Story, TrainingRecord } from "../../demo/study/records.ts";

/** A diagnosis of a network whose gradient norm grows by `factor` a layer on its way to the input. */
export function sampleDiagnosis(factor: number, fault: Fault | null, layers = 30): Diagnosis {
  const places = Array.from({ length: layers }, (_, k) => `layers.${2 * k}`);
  const norms = places.map((_, k) => 0.02 * factor ** (layers - 1 - k));
  const layerBands = places.map((_, k): [number, number] => {
    const spread = Math.exp(0.4 * Math.sqrt(layers - 1 - k));
    return [1 / spread, spread];
  });
  const totalFactor = norms[0] / norms[layers - 1];
  const finding: Finding[] =
    fault === null
      ? []
      : [
          {
            detector: "gradientFlow",
            fault,
            severity: "alarm",
            places,
            measured: { statistic: "gradient norm at layers.0 over that at layers.58", value: totalFactor },
            band: layerBands[0],
            pValue: 1e-42,
            consequence: "the first layers stay as they were drawn",
            causes: [
              {
                part: "activation",
                logShare: 2 * Math.log(factor),
                explanation: "the slope of sigmoid is 1/4 <at most>",
              },
            ],
            disproof: "training that changes the first layer by the same share of its weights as the last",
          },
        ];
  return {
    verdict: fault ?? "healthy",
    loss: 2.3,
    flow: {
      layers: places.map((place, k) => ({
        place,
        fanIn: 64,
        fanOut: 64,
        gradientNorm: norms[k],
        largestGradientNorm: norms[k],
        weightGradientNorm: norms[k],
        weightNorm: 8,
        weightVariance: 1,
        preActivationMean: 0,
        preActivationMeanSquare: 1,
        activation: k < layers - 1 ? "sigmoid" : null,
      })),
      steps: [],
      recurrences: [],
      factorPerLayer: factor,
      totalFactor,
      roughness: 1,
      contrast: 1,
      healthy: {
        source: "closed form",
        redraws: 0,
        mean: 0,
        deviation: 1,
        band: layerBands[0],
        layerBands,
        pValue: fault === null ? 0.4 : 1e-42,
        z: 0,
      },
    },
    units: [],
    findings: finding,
  };
}

function sampleTraining(final: number): TrainingRecord {
  const stretches = Array.from({ length: 60 }, (_, k) => (k + 1) / 60);
  return {
    testAccuracy: final,
    losses: stretches.map((t) => ({ step: Math.round(1404 * t), loss: 2.3 * (1 - t * final) + 0.05 })),
    accuracies: stretches
      .filter((_, k) => k % 6 === 5)
      .map((t) => ({ step: Math.round(1404 * t), accuracy: 0.1 + (final - 0.1) * (1 - (1 - t) ** 3) })),
    seconds: 9,
  };
}

const remedy = (name: string, passed: boolean): RemedyRecord => ({
  name,
  cures: ["vanishing"],
  code: `initialize(model, ${name});\nconst gain = calculateGain("tanh"); // 5/3`,
  passed,
  evidence: passed
    ? "gradient first/last 1e-18 before, 0.4 after; band 0.1 to 9.2"
    : "gradient first/last 1e-18 before, 1e-16 after; band 0.1 to 9.2",
  trialLoss: passed ? 1.21 : Number.NaN,
});

export function sampleCase(factor: number, fault: Fault): CaseRecord {
  const diagnosis = sampleDiagnosis(factor, fault);
  return {
    key: fault,
    title: `A ${fault} network`,
    recipe: "sigmoid, weights N(0, 1/fanIn), biases 0",
    sick: { training: sampleTraining(0.1135), sighting: { step: 3, finding: diagnosis.findings[0] } },
    treatment: {
      diagnosis,
      explanation: `${fault}: the gradient …`,
      remedies: [
        remedy("activation: tanh", true),
        remedy("He initialisation", true),
        remedy("gain 2", false),
      ],
      healed: {
        applied: remedy("activation: tanh", true),
        diagnosis: sampleDiagnosis(0.97, null),
        training: sampleTraining(0.949),
      },
    },
  };
}

export const samplePlan: Plan = {
  layers: 30,
  width: 64,
  trainingImages: 60_000,
  testImages: 10_000,
  epochs: 2,
  batchSize: 128,
  learningRate: 1e-3,
  examined: 128,
  trialSteps: 30,
};

export const sampleStory: Story = {
  plan: samplePlan,
  quick: false,
  seed: 7,
  cases: [sampleCase(0.25, "vanishing"), sampleCase(2.03, "exploding"), sampleCase(0, "dead")],
  seconds: 42,
};
