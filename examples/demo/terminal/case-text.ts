import { formatFinding, formatFlow } from "@isograd/diagnostics";
import { lossText, percent } from "../numbers.ts";
import type { CaseRecord, RemedyRecord, TrainingRecord } from "../study/records.ts";
import type { Paint } from "./paint.ts";
import { wrapText } from "./wrap.ts";

export interface TextStyle {
  readonly paint: Paint;
  /** How many columns there are. */
  readonly width: number;
}

/** The story of one network as lines for a terminal. */
export function caseText(record: CaseRecord, heading: string, { paint, width }: TextStyle): string[] {
  const { recipe, sick, treatment } = record;
  const { diagnosis, healed, explanation, remedies } = treatment;
  const wrapped = (text: string): string[] => wrapText(text, width);
  return [
    paint.bold(heading),
    ...wrapped(recipe),
    "",
    ...wrapped(`trained as it is: ${trainingText(sick.training)}`).map(paint.bad),
    ...(sick.sighting === null ? [] : wrapped(sightingText(sick.sighting))),
    "",
    paint.bold("Diagnosis before the first step"),
    ...wrapped(explanation),
    "",
    paint.bold("Remedies, each tried on a clone"),
    ...(remedies.length === 0 ? ["none applies"] : remedyText(remedies, width, paint)),
    "",
    ...(healed === null
      ? [paint.bad("no remedy passed: nothing to train again")]
      : [
          paint.bold(`Applied: ${healed.applied.name}`),
          ...healed.applied.code.split("\n").map((line) => paint.dim(`  ${line}`)),
          ...wrapped(`trained again, same budget: ${trainingText(healed.training)}`).map(paint.good),
        ]),
    "",
    paint.bold("Gradient norm by layer before the first step, relative to the last layer"),
    ...formatFlow(diagnosis.flow, {
      compared: healed?.diagnosis.flow,
      names: ["sick", "healed"],
      paint: { measured: paint.bad, compared: paint.good, both: paint.warn, band: paint.dim },
    }).split("\n"),
  ];
}

function trainingText({ losses, testAccuracy, seconds }: TrainingRecord): string {
  const [first, last] = [losses[0], losses[losses.length - 1]].map(({ loss }) => lossText(loss));
  return `loss ${first} → ${last}, test accuracy ${percent(testAccuracy)} (${seconds.toFixed(1)} s)`;
}

function sightingText({ step, finding }: NonNullable<CaseRecord["sick"]["sighting"]>): string {
  return `the watcher of this training, at step ${step}: ${formatFinding(finding).split("\n", 1)[0]}`;
}

/** Each remedy that passed with its evidence, the names of those that failed. */
function remedyText(remedies: readonly RemedyRecord[], width: number, paint: Paint): string[] {
  const passed = remedies.filter((remedy) => remedy.passed);
  const failed = remedies.filter((remedy) => !remedy.passed);
  const lines = passed.flatMap(({ name, evidence }) => {
    const [first, ...rest] = wrapText(`✓ ${name}: ${evidence}`, width);
    return [first.replace("✓", paint.good), ...rest];
  });
  if (failed.length === 0) return lines;
  const names = `✗ ${failed.length} failed: ${failed.map(({ name }) => name).join("; ")}`;
  return [...lines, ...wrapText(names, width).map(paint.dim)];
}
