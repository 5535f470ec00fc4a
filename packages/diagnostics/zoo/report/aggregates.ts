import { firstAlarm } from "../measures/alarm.ts";
import { measure, measureBy } from "../measures/measures.ts";
import type { RunResult } from "../result.ts";
import type { Circumstances } from "./circumstances.ts";
import { groupMeasures } from "./faults.ts";
import { jsonText, rounded } from "./json.ts";
import { targets } from "./targets.ts";

/** The file docs/zoo.json: all figures of the page. */
export function aggregates(runs: readonly RunResult[], circumstances: Circumstances): string {
  const total = measure(runs);
  const all = {
    made: {
      ...circumstances,
      families: circumstances.families.map(({ name, description }) => ({ name, description })),
      rivals: circumstances.rivals.map(({ name, source }) => ({ name, source })),
      elsewhere: undefined, // among the targets
    },
    targets: [...targets(total), ...circumstances.elsewhere],
    total,
    families: measureBy(runs, ({ family }) => family),
    groups: groupMeasures(runs),
  };
  return jsonText(all);
}

/** The file docs/zoo-runs.jsonl: what the columns are, then a list a run. */
export function runLines(runs: readonly RunResult[]): string {
  const columns = [
    "id",
    "label",
    "group",
    "steps",
    "score",
    "best",
    "alarm step",
    "detector",
    "fault",
    "first cause",
    "right causes",
    "least alarmed rate",
    "rivals' first firing",
    "retrainings",
    "repaired",
    "seconds",
  ];
  const lines = runs.map((run) => {
    const alarm = firstAlarm(run);
    const alarmed = run.alarmedAt.filter((each) => each.alarmed).map(({ alpha }) => alpha);
    return [
      run.id,
      run.label,
      run.group,
      run.steps,
      run.score,
      run.best,
      alarm?.step ?? null,
      alarm?.detector ?? null,
      alarm?.fault ?? null,
      alarm?.causes[0]?.part ?? null,
      run.rightCauses.join("/"),
      alarmed.length === 0 ? null : Math.min(...alarmed),
      Object.fromEntries(
        Object.entries(run.rivals).flatMap(([name, [first]]) =>
          first === undefined ? [] : [[name, `${first.rule}@${first.step}`]],
        ),
      ),
      run.repair?.retrainings ?? null,
      run.repair?.repaired ?? null,
      run.seconds.training,
    ];
  });
  return [columns, ...lines]
    .map((line) => `${JSON.stringify(line, (_, value: unknown) => rounded(value, 4))}\n`)
    .join("");
}
