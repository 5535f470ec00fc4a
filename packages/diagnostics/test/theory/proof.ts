import { Generator, normalTail, relu, tanh } from "@isograd/autograd";
import { gradientLaw, meanField } from "@isograd/diagnostics";
import type { AnyActivation } from "../../src/trace/network.ts";
import { reference, referenced } from "./reference.ts";
import { simulate } from "./simulate.ts";

// Holds the theory to all of the reference table, and the law of finite width to simulated networks.
//   npx tsx --conditions=@isograd/source packages/diagnostics/test/theory/proof.ts [draws]

const draws = Number(process.argv[2] ?? 2000);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const worst = new Map<string, number>();
const note = (what: string, error: number): unknown => worst.set(what, Math.max(worst.get(what) ?? 0, error));

for (const [
  name,
  weightVariance,
  biasVariance,
  q,
  chi,
  lengthSlope,
  correlation,
  slope,
  map,
] of reference.networks) {
  const field = meanField(referenced[name], { weightVariance, biasVariance });
  note("q*, relative", Math.abs(field.q / q - 1));
  note("χ, relative", Math.abs(field.chi / chi - 1));
  note("slope of the length map (reference: differences)", Math.abs(field.lengthSlope - lengthSlope));
  note("c*", Math.abs(field.correlation - correlation));
  note("slope of the correlation map", Math.abs(field.correlationSlope - slope));
  [-0.5, 0.3, 0.9].forEach((c, k) => {
    const at = referenced[name].facts.correlationMap(c, field.q, weightVariance, biasVariance);
    note("correlation map", Math.abs(at - map[k]));
  });
}
say(`${reference.networks.length} networks of the reference, largest errors:`);
for (const [what, error] of worst) say(`  ${what}: ${error.toExponential(1)}`);

say(`\nlog(|g_0|²/|g_L|²) of ${draws} networks against N(-b/2, b):`);
const critical = tanh.facts.criticalPoint(0.05) ?? { weightVariance: 1, q: 1 };
const settings: readonly (readonly [
  name: string,
  activation: AnyActivation | null,
  weightVariance: number,
  width: number,
  depth: number,
  q: number,
  biasVariance: number,
])[] = [
  ["linear", null, 1, 16, 20, 1, 0],
  ["linear", null, 1, 64, 20, 1, 0],
  ["ReLU", relu, 2, 8, 10, 1, 0],
  ["ReLU", relu, 2, 16, 20, 1, 0],
  ["ReLU", relu, 2, 32, 20, 1, 0],
  ["ReLU", relu, 2, 64, 20, 1, 0],
  ["tanh", tanh, critical.weightVariance, 64, 20, critical.q, 0.05],
];
for (const [name, activation, weightVariance, width, depth, q, biasVariance] of settings) {
  const law = gradientLaw(
    Array.from({ length: depth }, () => width),
    activation,
    { q },
  );
  const generator = new Generator(11);
  const logs = simulate({
    activation,
    weightVariance,
    biasVariance,
    q,
    width,
    depth,
    draws,
    generator,
  }).filter(Number.isFinite);
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  const variance = logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (logs.length - 1);
  const beyond = (level: number): string => {
    const hits = logs.filter(
      (each) => 2 * normalTail(Math.abs(each - law.mean) / law.deviation) < level,
    ).length;
    return `${((100 * hits) / logs.length).toFixed(2)} %`;
  };
  say(
    `  ${name}, width ${width}, depth ${depth}: mean ${mean.toFixed(3)} for ${law.mean.toFixed(3)}, variance ${variance.toFixed(3)} for ${law.variance.toFixed(3)} (${(variance / law.variance).toFixed(3)}, next order ${(1 + law.validity.relativeError).toFixed(3)}); beyond 5 %: ${beyond(0.05)}, beyond 0.1 %: ${beyond(0.001)}`,
  );
}
