import * as Plot from "@observablehq/plot";
import type { TrainingRecord } from "../study/records.ts";
import { draw, exponentTicks, type PictureSize, powerOfTen } from "./canvas.ts";
import type { Markup } from "./markup.ts";

/** The trainings to compare; healed is null where no remedy passed. */
export interface Trainings {
  readonly sick: TrainingRecord;
  readonly healed: TrainingRecord | null;
}

const runs = ({ sick, healed }: Trainings) => [
  ...(healed === null ? [] : [{ name: "healed", training: healed }]),
  { name: "sick", training: sick },
];

const stepAxis = { label: "training step", labelAnchor: "center", labelArrow: "none", ticks: 5 } as const;

/** The training loss by step, on a log axis. */
export function lossPicture(trainings: Trainings, size: PictureSize): Markup {
  const curves = runs(trainings).map(({ name, training }) => ({
    name,
    data: training.losses
      .filter(({ loss }) => loss > 0 && Number.isFinite(loss))
      .map(({ step, loss }) => ({ step, exponent: Math.log10(loss) })),
  }));
  const logs = curves.flatMap(({ data }) => data.map(({ exponent }) => exponent));
  const high = Math.max(0.5, ...logs);
  const lowest = Math.min(-0.5, ...logs);
  const low = lowest - 0.05 * (high - lowest);
  const fine = high - low < 2.5; // less than some decades: label 1, 3, 10
  const ticks = fine
    ? [0.03, 0.1, 0.3, 1, 3, 10, 30, 100].map(Math.log10).filter((tick) => tick >= low && tick <= high)
    : exponentTicks(low, high, 5);
  return draw(size, "Training loss by step, sick and healed, on a logarithmic axis", {
    x: stepAxis,
    y: {
      label: "training loss",
      labelArrow: "none",
      domain: [low, high],
      ticks,
      tickFormat: (tick: number) => (fine ? String(Number((10 ** tick).toPrecision(1))) : powerOfTen(tick)),
      grid: true,
    },
    marks: curves.map(({ name, data }) =>
      Plot.line(data, { x: "step", y: "exponent", stroke: `var(--${name})`, strokeWidth: 2 }),
    ),
  });
}

/** Test accuracy by step. */
export function accuracyPicture(trainings: Trainings, size: PictureSize): Markup {
  return draw(size, "Test accuracy by step, sick and healed", {
    x: stepAxis,
    y: {
      label: "test accuracy",
      labelArrow: "none",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      tickFormat: (share: number) => `${100 * share} %`,
      grid: true,
    },
    marks: [
      Plot.ruleY([0.1], { stroke: "var(--faint)", strokeDasharray: "3 3" }),
      ...runs(trainings).flatMap(({ name, training }) => [
        Plot.line(training.accuracies, {
          x: "step",
          y: "accuracy",
          stroke: `var(--${name})`,
          strokeWidth: 2,
        }),
        Plot.dot(training.accuracies, { x: "step", y: "accuracy", r: 2.5, fill: `var(--${name})` }),
      ]),
    ],
  });
}
