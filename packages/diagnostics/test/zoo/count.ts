import { diagnose } from "@isograd/diagnostics";
import { faultyFamilies, healthyFamilies } from "./families.ts";
import type { Family } from "./family.ts";

// Prints, family by family, how often `diagnose` calls networks faulty. The seeds are others than those of the tests.
//   npx tsx --conditions=@isograd/source packages/diagnostics/test/zoo/count.ts [networks a family] [part of a name]

const [count = "50", part = ""] = process.argv.slice(2);

function verdictsOf({ make }: Family): Map<string, number> {
  const verdicts = new Map<string, number>();
  for (let k = 0; k < Number(count); k++) {
    const { model, batch, loss } = make(`count ${k}`);
    const { verdict } = diagnose(model, batch, loss, { seed: `count ${k}` });
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  return verdicts;
}

function print(title: string, families: readonly Family[], expected: (family: Family) => string): void {
  let [as, all] = [0, 0];
  const began = performance.now();
  for (const family of families.filter(({ name }) => name.includes(part))) {
    const verdicts = verdictsOf(family);
    as += verdicts.get(expected(family)) ?? 0;
    all += Number(count);
    const list = [...verdicts].map(([verdict, times]) => `${verdict} ${times}`).join(", ");
    process.stdout.write(`  ${family.name.padEnd(28)} ${list}\n`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`${title}: ${as} of ${all} as expected, ${all - as} not; ${seconds} s\n`);
}

print("healthy", healthyFamilies, () => "healthy");
print(
  "faulty",
  faultyFamilies,
  ({ name }) => faultyFamilies.find((family) => family.name === name)?.fault ?? "",
);
