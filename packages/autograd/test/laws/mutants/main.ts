/**
 * Makes every rule of every op in the tables wrong, in every way, and counts the mutants that the gradient check lets live.
 *
 * Run it with `pnpm mutants [name of an op]`. Exits with 1 if a mutant lives that is not listed as equivalent:
 * one that no sample makes give another number, or one whose numbers pass.
 */
import { reasonFor } from "./equivalents.ts";
import { mutantsOf } from "./mutations.ts";
import { tryMutant, usesOfOps } from "./trial.ts";

const [only] = process.argv.slice(2);
const counts = new Map<string, { killed: number; equivalent: number; alive: number }>();
const alive: string[] = [];
const started = performance.now();
let ops = 0;

for (const [op, uses] of usesOfOps()) {
  if (only !== undefined && op.name !== only) continue;
  ops++;
  for (const mutant of mutantsOf(op)) {
    const kind = mutant.name.replace(/\[.*?\]/, "").replace(/ [\d.]+$/, "");
    const count = counts.get(kind) ?? { killed: 0, equivalent: 0, alive: 0 };
    counts.set(kind, count);
    const outcome = tryMutant(op, mutant, uses);
    const name = `${op.name} ${mutant.name}`;
    if (outcome === "killed") count.killed++;
    else if (reasonFor(name) !== undefined) count.equivalent++;
    else {
      count.alive++;
      const entries = [...new Set(uses.map(({ entry }) => entry))].slice(0, 4).join(", ");
      alive.push(`${outcome}: ${name} (${entries})`);
    }
  }
}

const cells = (row: readonly (string | number)[]): string =>
  row.map((cell, k) => (k === 0 ? String(cell).padEnd(18) : String(cell).padStart(12))).join("");
console.log(cells(["mutants of rules", "killed", "equivalent", "alive"]));
for (const [kind, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(cells([kind, count.killed, count.equivalent, count.alive]));
console.log(`${ops} ops in ${((performance.now() - started) / 1000).toFixed(1)} s`);
for (const name of alive) console.log(name);
process.exitCode = alive.length === 0 ? 0 : 1;
