import { describe, expect, it } from "vitest";
import { measure } from "../../../zoo/measures/measures.ts";
import { targets } from "../../../zoo/report/targets.ts";
import type { RunResult } from "../../../zoo/result.ts";
import { faulty, finding, repair, run, times } from "../runs.ts";

const met = (runs: readonly RunResult[]) =>
  Object.fromEntries(
    targets(measure(runs)).map(({ what, isMet }) => [what.split(" ").slice(0, 2).join(" "), isMet]),
  );

const found = { ours: [finding()], rightCauses: ["weights" as const] };
const late = { ours: [finding({ step: 1 })] };

describe("what was to be reached", () => {
  it("is not measured where there are no runs", () => {
    expect(new Set(Object.values(met([])))).toEqual(new Set([null]));
  });

  it("asks for a bound of 1 % of false alarms: 0 of 299, 1 of 473", () => {
    const healthy = (silent: number, loud: number) =>
      met([...times(silent, () => run()), ...times(loud, () => run(found))])["false alarms"];
    expect([healthy(299, 0), healthy(298, 0), healthy(472, 1), healthy(471, 1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("asks for silence about all that is odd", () => {
    expect(met([run({ label: "odd" })])["odd but"]).toBe(true);
    expect(met([run({ label: "odd" }), run({ label: "odd", ...found })])["odd but"]).toBe(false);
  });

  it("asks for a recall of 95 %", () => {
    const recall = (silent: number) =>
      met([...times(silent, () => faulty()), ...times(100 - silent, () => faulty(found))])["recall at"];
    expect([recall(5), recall(6)]).toEqual([true, false]);
  });

  it("asks for faulty initialisations at step 0", () => {
    const early = (others: number) =>
      met([
        ...times(others, () => faulty({ group: "initialisation", ...late })),
        ...times(100 - others, () => faulty({ group: "initialisation", ...found })),
      ])["faulty initialisations"];
    expect([early(5), early(6)]).toEqual([true, false]);
  });

  it("asks for the right cause of 80 % of what is found", () => {
    const right = (wrong: number) =>
      met([
        ...times(wrong, () => faulty({ ...found, rightCauses: ["activation"] })),
        ...times(10 - wrong, () => faulty(found)),
        ...times(20, () => faulty({ rightCauses: ["weights"] })),
      ])["right cause"];
    expect([right(2), right(3)]).toEqual([true, false]);
  });

  it("asks for repair of 97 % by one retraining", () => {
    const repaired = (failed: number, retrainings = 1) =>
      met([
        ...times(failed, () => faulty({ ...found, repair: repair({ repaired: false }) })),
        ...times(100 - failed, () => faulty({ ...found, repair: repair({ retrainings }) })),
      ])["faulty models"];
    expect([repaired(3), repaired(4), repaired(3, 2)]).toEqual([true, false, false]);
  });
});
