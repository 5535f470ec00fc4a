import type { Label, RunResult } from "./result.ts";

/** What the runs came to, for a terminal: labels and alarms by family, then each mistake in a line. */
export function summary(runs: readonly RunResult[]): string {
  const families = [...new Set(runs.map(({ family }) => family))];
  const rows = families.map((family) => [family, ...labels.map((label) => counted(runs, label, family))]);
  const total = ["all", ...labels.map((label) => counted(runs, label))];
  const lines = [["", ...labels], ...rows, total].map((row) => row.map((cell) => cell.padStart(14)).join(""));
  return [
    "alarmed of all:",
    ...lines,
    "",
    "false alarms:",
    ...runs.filter((run) => isSilentLabel(run.label) && alarms(run).length > 0).map(line),
    "",
    "missed:",
    ...runs.filter((run) => run.label === "faulty" && alarms(run).length === 0).map(line),
  ].join("\n");
}

const labels: readonly Label[] = ["healthy", "odd", "faulty", "weakened", "tolerated", "unlucky"];

const isSilentLabel = (label: Label): boolean => label === "healthy" || label === "odd";

const alarms = ({ ours }: RunResult) => ours.filter(({ severity }) => severity === "alarm");

function counted(runs: readonly RunResult[], label: Label, family?: string): string {
  const some = runs.filter((run) => run.label === label && (family === undefined || run.family === family));
  return `${some.filter((run) => alarms(run).length > 0).length} of ${some.length}`;
}

function line(run: RunResult): string {
  const { id, detail = "", score, best } = run;
  const found = alarms(run).map(
    ({ stage, step, detector, fault }) => `${detector} ${fault} (${stage}, step ${step})`,
  );
  const reached = `${score?.toFixed(3) ?? "none"} of ${best.toFixed(3)}`;
  return `  ${id} [${detail}] ${reached}${found.length === 0 ? "" : `: ${found.join("; ")}`}`;
}
