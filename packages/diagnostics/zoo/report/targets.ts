import type { Measures } from "../measures/measures.ts";
import type { Rate } from "../measures/rate.ts";
import type { Target } from "./circumstances.ts";
import { boundText, countText, intervalText, numberText, rateText } from "./figures.ts";
import { table } from "./markdown.ts";

/** What was to be reached, and what was. */
export function targets({ ours, causes, repairs }: Measures): Target[] {
  const { healthy, odd } = ours.falseAlarms;
  const { initialisationAtStepZero: early } = ours;
  return [
    {
      what: "false alarms per whole healthy run",
      asked: "bound ≤ 1 %",
      published: "36.2 % (DeepDiagnosis)",
      measured: boundText(healthy),
      isMet: atMost(healthy.bound, 0.01, healthy),
    },
    {
      what: "odd but healthy runs with an alarm",
      asked: "none",
      published: "-",
      measured: rateText(odd),
      isMet: atMost(odd.count, 0, odd),
    },
    {
      what: "recall at that rate",
      asked: "≥ 95 %",
      published: "67.5 % at 36.2 %; 94 % at 71.5 %",
      measured: `${intervalText(ours.recall.asked)}; of weakened runs ${rateText(ours.weakened)}`,
      isMet: reaches(ours.recall.asked, 0.95),
    },
    {
      what: "faulty initialisations found at step 0",
      asked: "≥ 95 %",
      published: "after 1.1 to 1.6 epochs",
      measured: rateText(early),
      isMet: reaches(early, 0.95),
    },
    {
      what: "right cause first, of what was found",
      asked: "≥ 80 %",
      published: "63.5 %",
      measured: `${intervalText(causes.ofFound)}; of all ${rateText(causes.ofAll)}`,
      isMet: reaches(causes.ofFound, 0.8),
    },
    {
      what: "faulty models repaired, of what was found",
      asked: "≥ 97 %, median one retraining",
      published: "97.33 % at 2.21× the time",
      measured: `${intervalText(repairs.repaired)}, median ${numberText(repairs.medianRetrainings)}, ${numberText(repairs.medianTimeFactor)}× the time; as AutoTrainer counts, nothing found any more and a higher score, ${rateText(repairs.symptomGone)}; as good as healthy of all faulty ones, found or not, ${countText(repairs.repairedOfAll)}`,
      isMet:
        repairs.medianRetrainings === null
          ? null
          : repairs.medianRetrainings <= 1 && reaches(repairs.repaired, 0.97),
    },
  ];
}

export const targetTable = (rows: readonly Target[]): string[] =>
  table(
    ["", "asked for", "best published", "measured", "met"],
    rows.map(({ what, asked, published, measured, isMet }) => [
      what,
      asked,
      published,
      measured,
      isMet === null ? "not measured" : isMet ? "yes" : "no",
    ]),
  );

const reaches = ({ share }: Rate, least: number): boolean | null => (share === null ? null : share >= least);

const atMost = (value: number, most: number, { of }: Rate): boolean | null =>
  of === 0 ? null : value <= most;
