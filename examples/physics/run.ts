import { parseArgs } from "node:util";
import { Generator } from "@isograd/autograd";
import { of1845 } from "./assumptions.ts";
import { residualsOf, search, withoutPlanet } from "./explain.ts";
import { whereToLook } from "./model.ts";
import { fitted } from "./observations.ts";
import { spreadOverRefits } from "./refit.ts";
import { check, compare, describe, otherDistances, type Print } from "./report.ts";

/** Finds a planet by what it does to another, and tells of it. */
export function run(args: readonly string[], print: Print): void {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: "string", default: "7" }, quick: { type: "boolean", default: false } },
  });
  const begin = performance.now();
  const [directions, refits] = values.quick ? [4, 0] : [12, 20];
  const residuals = residualsOf(fitted, of1845);

  print(
    `${fitted.length} observations of Uranus, 1712 to 1840, off theory; Σ² in squares of standard deviations`,
  );
  print(`  Uranus alone, on the best ellipse:   Σ² = ${withoutPlanet(fitted).squares.toFixed(0)}`);
  const all = Array.from({ length: directions }, (_, k) => (360 * k) / directions);
  const explanations = search(residuals, of1845, all);
  for (const { point, squares } of explanations)
    print(`  with another planet:                 Σ² = ${squares.toFixed(1)}, ${describe(point)}`);

  const [best] = explanations;
  compare(residuals, best, print);
  otherDistances(print);
  check(residuals, best, print);
  if (refits > 0) {
    const spread = spreadOverRefits(residuals, best.point, whereToLook, refits, new Generator(values.seed));
    print(`  the direction over ${refits} fits to noisy data, seed ${values.seed}: ± ${spread.toFixed(1)}°`);
  }
  print(`${((performance.now() - begin) / 1000).toFixed(0)} s`);
}
