import * as diagnostics from "@isograd/diagnostics";
import { gravest } from "@isograd/diagnostics";
import * as withLayers from "@isograd/diagnostics/nn";
import * as withFiles from "@isograd/diagnostics/node";
import * as inTests from "@isograd/diagnostics/vitest";
import { expect, it } from "vitest";

it("exports what it says", () => {
  expect(Object.keys(diagnostics).sort()).toMatchInlineSnapshot(`
    [
      "Watcher",
      "adviceCandidates",
      "adviseActivation",
      "attachRemedies",
      "bornDeadBound",
      "decodeFinding",
      "decodeRecord",
      "depthScale",
      "diagnose",
      "encodeFinding",
      "encodeRecord",
      "findingCard",
      "fittingVariance",
      "formatDiagnosis",
      "formatFinding",
      "formatFlow",
      "formatHeatMap",
      "gradientConfusion",
      "gradientLaw",
      "gradientNoise",
      "gravest",
      "hessianTrace",
      "htmlReport",
      "inputsPerUnit",
      "jacobianSpectrum",
      "jsonLines",
      "layerJacobians",
      "lint",
      "logRun",
      "meanField",
      "noiseScaleFromNorms",
      "reportStyle",
      "representationMap",
      "residualFlow",
      "sharpness",
      "spectralDensity",
      "stabilityThreshold",
      "sumOfInverseWidths",
      "watch",
    ]
  `);
  expect(Object.keys(withLayers).sort()).toMatchInlineSnapshot(`
    [
      "addActivations",
      "addShortcuts",
      "adviseActivation",
      "changeOptimizer",
      "changeOutput",
      "clipGradients",
      "defaultCandidates",
      "denormalizeBatches",
      "fitOutput",
      "hasLearnt",
      "insertActivations",
      "insertBatchNorm",
      "insertShortcuts",
      "normalizeBatches",
      "normalizeWeights",
      "optimizerOf",
      "reduceDepth",
      "reinitialize",
      "remediesFor",
      "removeBatchNorm",
      "removeLayers",
      "replaceActivation",
      "runTrial",
      "scaleLearningRate",
      "scaleResiduals",
      "stopClipping",
      "swapActivations",
      "swapGates",
      "treat",
      "verifyRemedies",
    ]
  `);
  expect(Object.keys(withFiles).sort()).toEqual(["JsonLinesFile", "TensorBoardWriter", "loadRun"]);
  expect(Object.keys(inTests)).toEqual(["matchers"]);
});

it("knows the gravest of findings", () => {
  const of = (...severities: diagnostics.Severity[]) =>
    gravest(severities.map((severity) => ({ severity }) as diagnostics.Finding));
  expect(of("info", "alarm", "warning")).toBe("alarm");
  expect(of("info", "warning")).toBe("warning");
  expect(of("info")).toBe("info");
  expect(of()).toBe(null);
});
