import Table from "cli-table3";
import { factor, percent } from "../numbers.ts";
import type { CaseRecord } from "../study/records.ts";
import type { Paint } from "./paint.ts";

/** Sick against healed: verdict, gradient ratio and test accuracy of every network. */
export function summaryTable(cases: readonly CaseRecord[], paint: Paint): string {
  const table = new Table({
    head: ["network", "", "verdict", "gradient first/last", "test accuracy"].map(paint.bold),
    style: { head: [], border: [] },
    colAligns: ["left", "left", "left", "right", "right"],
  });
  for (const { title, sick, treatment } of cases) {
    const { diagnosis, healed } = treatment;
    const row = (
      state: string,
      verdict: string,
      ratio: number,
      accuracy: number,
      color: (text: string) => string,
    ) => [state, verdict, factor(ratio), percent(accuracy)].map(color);
    const before = row(
      "sick",
      diagnosis.verdict,
      diagnosis.flow.totalFactor,
      sick.training.testAccuracy,
      paint.bad,
    );
    const after =
      healed === null
        ? ["healed", "no remedy passed", "", ""].map(paint.dim)
        : row(
            "healed",
            healed.diagnosis.verdict,
            healed.diagnosis.flow.totalFactor,
            healed.training.testAccuracy,
            paint.good,
          );
    table.push([title, ...before.map((cell, k) => `${cell}\n${after[k]}`)]);
  }
  return table.toString();
}
