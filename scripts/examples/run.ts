import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BuildFailure, build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findDifference } from "./check.ts";
import { collectExamples, type PackageName } from "./collect.ts";
import type { ExampleProgram } from "./program.ts";
import type { Props } from "./props.ts";
import { type Written, writePrograms } from "./write.ts";

/** Declares a test for each example in the doc comments of a package, and one that says which public values have none. */
export function testExamples(
  name: PackageName,
  /** Public values that have none, and why not. */
  excused: Readonly<Record<string, string>> = {},
): void {
  const collected = collectExamples(name);
  const { written, failed } = writePrograms(name, collected);
  const folder = mkdtempSync(join(tmpdir(), "isograd-examples-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let run: Running;
  beforeAll(async () => {
    run = await load(name, written);
  });

  it("has an example for each public value", () => {
    expect(collected.lacking.filter((value) => !Object.hasOwn(excused, value)).join("\n")).toBe("");
  });

  it("excuses only what has none", () => {
    expect(Object.keys(excused).filter((value) => !collected.lacking.includes(value))).toEqual([]);
  });

  it("can read every example", () => {
    expect(failed.join("\n")).toBe("");
  });

  for (const [k, { example, program }] of written.entries()) {
    it(`${example.name} (${example.file}:${example.line})`, async () => {
      const own = join(folder, `${k}`);
      mkdirSync(own);
      await run[`example${k}`]({ folder: own, check: checking(example.file, program) });
    });
  }
}

function checking(file: string, { checks }: ExampleProgram): Props["check"] {
  return async (number, evaluate) => {
    const { expected, line } = checks[number];
    const difference = await findDifference(expected, evaluate);
    if (difference !== null) throw new Error(`${file}:${line}: ${difference}`);
  };
}

/** Packages of the older form ask for others by `require`. */
const commonJs = `import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);`;

type Running = Readonly<Record<string, (props: Props) => Promise<void>>>;

/**
 * Loads all as one module, so that it is done once, and what examples leave behind is in a copy of the sources that no other test sees.
 *
 * One that the bundler does not take fails by itself.
 */
async function load(name: PackageName, written: readonly Written[]): Promise<Running> {
  const outfile = resolve(`examples/node_modules/.cache/examples/${name}.mjs`);
  const refused = new Map<string, string>();
  const bundle = () =>
    build({
      stdin: { contents: written.map((each, k) => exportOf(each, k, refused)).join("\n"), resolveDir: "." },
      outfile,
      bundle: true,
      sourcemap: "inline",
      banner: { js: commonJs },
      format: "esm",
      platform: "node",
      target: "es2022",
      conditions: ["@isograd/source"],
      external: ["koffi", "vitest", "fast-check"],
      logLevel: "silent",
    });
  await bundle().catch(({ errors }: BuildFailure) => {
    for (const { location, text } of errors) refused.set(resolve(location?.file ?? ""), text);
    return bundle();
  });
  return import(/* @vite-ignore */ outfile);
}

function exportOf({ file }: Written, k: number, refused: ReadonlyMap<string, string>): string {
  const problem = refused.get(file);
  return problem === undefined
    ? `export { example as example${k} } from ${JSON.stringify(file)};`
    : `export const example${k} = () => Promise.reject(new Error(${JSON.stringify(problem)}));`;
}
