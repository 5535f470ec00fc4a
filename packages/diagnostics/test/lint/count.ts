import { Generator } from "@isograd/autograd";
import { type Finding, type LintOptions, lint, type Model } from "@isograd/diagnostics";
import { faultyFamilies, healthyFamilies } from "../networks/families.ts";
import { architectures, initializers } from "./architectures.ts";

// Prints, family by family, what `lint` says of networks whose seeds are others than those of the tests.
//   npx tsx --conditions=@isograd/source packages/diagnostics/test/lint/count.ts [networks a family]

const count = Number(process.argv[2] ?? 50);
const totals = { healthy: 0, alarmed: 0, warned: 0, faulty: 0, missed: 0 };

function look(
  name: string,
  faulty: boolean,
  of: (seed: string) => readonly [Model, readonly number[], LintOptions],
) {
  const said = new Map<string, number>();
  for (let k = 0; k < count; k++) {
    const [model, shape, options] = of(`lint ${k}`);
    const { findings } = lint(model, shape, { seed: k, ...options });
    const has = (severity: Finding["severity"]): boolean =>
      findings.some((each) => each.severity === severity);
    if (faulty) {
      totals.faulty++;
      if (!has("alarm")) totals.missed++;
    } else {
      totals.healthy++;
      if (has("alarm")) totals.alarmed++;
      else if (has("warning")) totals.warned++;
    }
    const line = findings.map(({ severity, detector }) => `${severity} ${detector}`).join(" + ") || "nothing";
    said.set(line, (said.get(line) ?? 0) + 1);
  }
  const list = [...said].map(([line, times]) => `${line} ${times}`).join("; ");
  process.stdout.write(`  ${(faulty ? `faulty: ${name}` : name).padEnd(36)} ${list}\n`);
}

for (const family of [...healthyFamilies, ...faultyFamilies])
  look(family.name, "fault" in family, (seed) => {
    const { model, batch, loss } = family.make(seed);
    const inputs = batch.inputs.dtype === "i32" ? () => batch.inputs : undefined;
    return [model, batch.inputs.shape, family.name.startsWith("two heads") ? { inputs } : { inputs, loss }];
  });
for (const { name, shape, loss, make, inputs } of architectures)
  for (const [initializer, weightInit] of Object.entries(initializers))
    look(`${name}, ${initializer}`, false, (seed) => [
      make(new Generator(seed), weightInit),
      shape,
      { loss, inputs },
    ]);
process.stdout.write(`${JSON.stringify(totals)}\n`);
