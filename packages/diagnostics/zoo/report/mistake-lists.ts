import { falseAlarms, type Miss, misses } from "../measures/mistakes.ts";
import type { OurFinding, RunResult } from "../result.ts";
import { numberText } from "./figures.ts";
import { plain, table } from "./markdown.ts";

/** Each false alarm with what it says. */
export function falseAlarmList(runs: readonly RunResult[]): string[] {
  const all = falseAlarms(runs);
  if (all.length === 0) return ["None."];
  return table(
    ["run", "label", "score of best", "found", "at step", "p", "where", "because of"],
    all.map(({ run, alarm }) => [
      plain(run.id),
      run.label,
      scoreText(run),
      plain(`${alarm.fault} by ${alarm.detector}`),
      String(alarm.step),
      alarm.pValue === null ? "certain" : alarm.pValue.toExponential(0),
      plain(placesText(alarm)),
      plain(alarm.causes[0]?.explanation ?? "-"),
    ]),
  );
}

/** The misses, those of one fault in one family together, with what was said below an alarm. */
export function missList(runs: readonly RunResult[]): string[] {
  const groups = new Map<string, Miss[]>();
  for (const miss of misses(runs)) {
    const { family, group, variant } = miss.run;
    const key = `${group} ${variant} ${family}`;
    groups.set(key, [...(groups.get(key) ?? []), miss]);
  }
  if (groups.size === 0) return ["None."];
  return table(
    ["fault", "group", "family", "missed", "scores of best", "said below an alarm", "seeds"],
    [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, some]) => {
        const [{ run }] = some;
        const same = runs.filter(
          ({ label, family, group, variant }) =>
            label === "faulty" && family === run.family && group === run.group && variant === run.variant,
        );
        return [
          plain(run.variant),
          String(run.group),
          plain(run.family),
          `${some.length} of ${same.length}`,
          some.map((miss) => scoreText(miss.run)).join("; "),
          saidText(some),
          plain(some.map((miss) => miss.run.seed).join(", ")),
        ];
      }),
  );
}

/** Such as `0.4 of 0.98`. */
const scoreText = ({ score, best }: RunResult): string =>
  `${score === null ? "not finite" : numberText(score)} of ${numberText(best)}`;

function placesText({ places }: OurFinding): string {
  return places.length > 2
    ? `${places[0]} … ${places[places.length - 1]} (${places.length})`
    : places.join(", ");
}

/** The gravest thing that was said in each run, counted. */
function saidText(some: readonly Miss[]): string {
  const counts = new Map<string, number>();
  for (const { said } of some) {
    const [first] = said;
    const text = first === undefined ? "nothing" : `${first.severity}: ${first.fault} by ${first.detector}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => plain(some.length > 1 ? `${text} (${count})` : text)).join("; ");
}
