import { readFileSync, writeFileSync } from "node:fs";
import { judge, type Trialled } from "./judge.ts";
import { tableOfTasks, tableOfWays } from "./table.ts";
import { targetOf } from "./target.ts";
import { tasksOf } from "./tasks.ts";

// Prints how good the advice on activations is: points lost against training every candidate in full, and what it took.
//   pnpm advise:bench            the published tasks; writes docs/advice.json, and the tables into docs/activations.md
//   pnpm advise:bench tuning 2   other tasks, of so many draws; writes nothing

const isWhole = process.argv.length === 2;
const [name = "published", draws = "3"] = process.argv.slice(2);
const page = "docs/activations.md";
const [begin, end] = ["<!-- written by pnpm advise:bench -->", "<!-- end of what it writes -->"];

const trials: Trialled[] = [];
for (let draw = 1; draw <= Number(draws); draw++) {
  for (const task of tasksOf(`${name} ${draw}`)) {
    const began = performance.now();
    const trial = judge(task);
    trials.push(trial);
    const told = Object.entries(trial.byWay).map(
      ([way, { choice, regret }]) => `${way} ${choice} -${regret.toFixed(1)}`,
    );
    process.stdout.write(
      `${task.name}: best ${trial.best}; ${told.join(", ")} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`,
    );
  }
}

const tables = `${tableOfWays(trials)}\n\n${tableOfTasks(trials)}`;
process.stdout.write(`\n${tables}\n`);
if (isWhole) {
  const [before, rest] = readFileSync(page, "utf8").split(begin);
  writeFileSync("docs/advice.json", `${JSON.stringify({ target: targetOf(trials) }, null, 2)}\n`);
  writeFileSync(page, `${before}${begin}\n\n${tables}\n\n${end}${rest.split(end)[1]}`);
}
