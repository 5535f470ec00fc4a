import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Summary, summarize } from "./statistics.ts";

const autograd = fileURLToPath(new URL("../../packages/autograd", import.meta.url));
const repeats = 15;

/** Builds the package as it is published, and imports it in fresh processes; milliseconds. */
export async function importTime(): Promise<Summary> {
  const outdir = join(autograd, "node_modules/.cache/isograd-bench"); // dependencies are found from here as from dist
  await build({
    entryPoints: ["index", "fluent"].map((entry) => join(autograd, `src/${entry}.ts`)),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    packages: "external",
    outExtension: { ".js": ".mjs" },
  });
  const program = `const start = performance.now(); await import(${JSON.stringify(join(outdir, "index.mjs"))}); console.log(performance.now() - start);`;
  const times = Array.from({ length: repeats }, () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" })),
  );
  rmSync(outdir, { recursive: true });
  return summarize(times);
}
