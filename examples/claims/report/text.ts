import { factor } from "../../demo/numbers.ts";
import {
  answerOf,
  type Claim,
  type Claimed,
  estimateOf,
  logarithm,
  type Measurement,
  type Verdict,
  verdictOf,
} from "../claim.ts";

/** A claim with what was measured of it. */
export interface Examined {
  readonly name: string;
  readonly claim: Claim;
  readonly measurements: readonly Measurement[];
}

const marks = { yes: "as claimed", no: "not as claimed", open: "open" } as const;

/** All about one claim. */
export function details({ name, claim, measurements }: Examined): string {
  return [
    `${name} (section ${claim.section}): ${verdictOf(measurements)}`,
    `  claim:  ${claim.statement}`,
    ...measurements.map((each) => `  - ${measured(each)}`),
    ...(verdictOf(measurements) === "holds under a condition" ? condition(measurements) : []),
    `  theory: ${claim.theory}`,
  ].join("\n");
}

/** Where all came as claimed, where a part did, and where something went against the claim and nothing came as claimed. */
function condition(measurements: readonly Measurement[]): string[] {
  const answers = new Map<string, Set<string>>();
  for (const measurement of measurements) {
    const answer = answerOf(measurement);
    if (answer === null) continue;
    const { setting } = measurement;
    answers.set(setting, (answers.get(setting) ?? new Set()).add(answer));
  }
  const places = [...answers.keys()];
  const having = (wanted: string): string[] =>
    places.filter((place) => [...(answers.get(place) ?? [])].sort().join() === wanted);
  const groups = [
    ["holds for", having("yes")],
    ["in part for", [...having("no,yes"), ...having("open,yes")]],
    ["not for", [...having("no"), ...having("no,open")]],
  ] as const;
  return groups.flatMap(([label, found]) => (found.length === 0 ? [] : [`  ${label}: ${found.join("; ")}`]));
}

function measured(measurement: Measurement): string {
  const { setting, quantity, claimed, note } = measurement;
  const answer = answerOf(measurement);
  const judged =
    claimed === undefined || answer === null ? "" : `; claimed ${bound(claimed)}: ${marks[answer]}`;
  return `${setting}: ${quantity} ${resultOf(measurement)}${judged}${note === undefined ? "" : ` (${note})`}`;
}

const bound = (claimed: Claimed): string =>
  "above" in claimed ? `above ${short(claimed.above)}` : `below ${short(claimed.below)}`;

/** Mean ± standard error; of factors the geometric mean with the factor that its error is. */
function resultOf(measurement: Measurement): string {
  const { mean, error } = estimateOf(measurement);
  if (!measurement.isFactor)
    return error < 1e-9
      ? short(mean)
      : `${short(Math.abs(mean) < 1e-9 * error ? 0 : mean)} ± ${Number(error.toPrecision(2))}`;
  if (mean <= logarithm(0)) return "0";
  if (mean >= logarithm(Number.POSITIVE_INFINITY)) return "more than f32 holds";
  return error === 0 ? short(10 ** mean) : `${short(10 ** mean)} ×/÷ ${short(10 ** error)}`;
}

/** A few digits; powers of ten where there would be many zeros. */
const short = (value: number): string =>
  Math.abs(value) >= 0.01 && Math.abs(value) < 1e4
    ? String(Number(value.toPrecision(3)))
    : factor(value).replace(".0e", "e");

/** One line a claim, and how many there are of each verdict. */
export function table(examined: readonly Examined[]): string {
  const width = Math.max(...examined.map(({ name }) => name.length));
  const rows = examined.map(({ name, claim, measurements }) =>
    [
      name.padEnd(width),
      claim.section.padEnd(13),
      verdictOf(measurements).padEnd(23),
      tally(measurements).padStart(8),
    ].join("  "),
  );
  const order: readonly Verdict[] = ["holds", "holds under a condition", "does not hold", "open"];
  const verdicts = examined.map(({ measurements }) => verdictOf(measurements));
  const sums = order.map((verdict) => `${verdicts.filter((each) => each === verdict).length} ${verdict}`);
  const head = [
    "claim".padEnd(width),
    "section".padEnd(13),
    "verdict".padEnd(23),
    "measured as claimed",
  ].join("  ");
  return [head, ...rows, `${examined.length} claims: ${sums.join(", ")}`].join("\n");
}

/** How many measurements came as claimed, of those that test the claim. */
function tally(measurements: readonly Measurement[]): string {
  const answers = measurements.map(answerOf).filter((answer) => answer !== null);
  return `${answers.filter((answer) => answer === "yes").length} of ${answers.length}`;
}
