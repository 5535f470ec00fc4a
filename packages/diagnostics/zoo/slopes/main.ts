import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { jsonText } from "../report/json.ts";
import { architectures } from "./architectures.ts";
import { measureSlope, nameOf } from "./measure.ts";
import { type Comparison, isWithin, slopesPage, slopesTarget } from "./page.ts";

// Compares the slopes of gradients that theory predicts with those of networks that are drawn, and writes docs/slopes.md and docs/slopes.json.
//   pnpm slopes [part of a name]    with a part of a name it prints and writes nothing

const [part = ""] = process.argv.slice(2);
const precision = { relativeError: 0.015, least: 24, most: 600, seed: "slopes" } as const;
/** For those outside of three standard errors. */
const exactly = { ...precision, relativeError: precision.relativeError / 2, seed: "slopes again" } as const;

const began = performance.now();
const comparisons: Comparison[] = [];
for (const architecture of architectures().filter((each) => nameOf(each).includes(part))) {
  const slope = measureSlope(architecture, precision);
  const again = isWithin(slope)
    ? null
    : {
        same: measureSlope(architecture, exactly),
        wider: measureSlope(architecture.wider(), exactly),
      };
  comparisons.push({ architecture, slope, again });
  const { predicted, measured, standardError, z, draws } = slope;
  const twice =
    again === null
      ? ""
      : `; again ${again.same.measured.toFixed(5)}, twice as wide ${again.wider.measured.toFixed(5)}`;
  process.stdout.write(
    `${nameOf(architecture)}: predicted ${predicted.toFixed(5)}, measured ${measured.toFixed(5)} ± ${standardError.toFixed(5)}, z ${z.toFixed(1)}, ${draws} draws${twice}\n`,
  );
}
const target = slopesTarget(comparisons);
process.stdout.write(`${target.measured}\n`);

if (part === "") {
  const made = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0].model.trim()}`,
    node: process.versions.node,
    seconds: (performance.now() - began) / 1000,
    seed: precision.seed,
  };
  writeFileSync("docs/slopes.md", slopesPage(comparisons, made));
  const slopes = comparisons.map(({ architecture: { kind, name, depth, width }, slope, again }) => ({
    kind,
    name,
    depth,
    width,
    ...slope,
    again,
  }));
  writeFileSync("docs/slopes.json", jsonText({ made, target, slopes }));
}
