import { askedGroups } from "../measures/detection.ts";
import { falseAlarms, type Miss, misses } from "../measures/mistakes.ts";
import type { OurFinding, RunResult } from "../result.ts";
import { numberText } from "./figures.ts";
import { plain, table } from "./markdown.ts";

/** Each false alarm with what it says. */
export function falseAlarmList(runs: readonly RunResult[]): string[] {
  const all = falseAlarms(runs);
  if (all.length === 0) return ["None."];
  return table(
    ["run", "label", "setting", "score of best", "found", "at step", "p", "where", "because of"],
    all.map(({ run, alarm }) => [
      plain(run.id),
      run.label,
      plain(run.detail ?? "-"),
      scoreText(run),
      plain(`${alarm.fault} by ${alarm.detector}`),
      String(alarm.step),
      alarm.pValue === null ? "certain" : alarm.pValue.toExponential(0),
      plain(placesText(alarm)),
      plain(alarm.causes[0]?.explanation ?? "-"),
    ]),
  );
}

/** Each fault that is asked for and was missed, with the gravest that was said below an alarm. */
export function missList(runs: readonly RunResult[]): string[] {
  const all = misses(runs).filter(({ run }) => askedGroups.includes(run.group));
  if (all.length === 0) return ["None."];
  return table(
    ["run", "group", "what was changed", "score of best", "said below an alarm"],
    all.map((miss) => [
      plain(miss.run.id),
      String(miss.run.group),
      plain(miss.run.detail ?? "-"),
      scoreText(miss.run),
      plain(saidText(miss)),
    ]),
  );
}

/** The other misses, those of one fault in one family together. */
export function otherMissList(runs: readonly RunResult[]): string[] {
  const key = ({ group, variant, family }: RunResult): string => `${group} ${variant} ${family}`;
  const groups = new Map<string, Miss[]>();
  for (const miss of misses(runs)) {
    if (askedGroups.includes(miss.run.group)) continue;
    groups.set(key(miss.run), [...(groups.get(key(miss.run)) ?? []), miss]);
  }
  if (groups.size === 0) return ["None."];
  return table(
    ["fault", "group", "family", "missed", "said below an alarm"],
    [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => {
        const { variant, group, family } = some[0].run;
        const same = runs.filter((run) => run.label === "faulty" && key(run) === name);
        return [
          plain(variant),
          String(group),
          plain(family),
          `${some.length} of ${same.length}`,
          plain([...new Set(some.map(saidText))].sort().join("; ")),
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

/** The gravest thing that was said. */
function saidText({ said: [gravest] }: Miss): string {
  return gravest === undefined ? "nothing" : `${gravest.severity}: ${gravest.fault} by ${gravest.detector}`;
}
