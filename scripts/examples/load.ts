import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildFailure, build, type Plugin } from "esbuild";
import type { ExampleProgram } from "./program.ts";
import type { Props } from "./props.ts";

/** The functions that run the examples, in their order. */
export type Running = readonly ((props: Props) => Promise<void>)[];

/** From below here every package can be imported. */
export const cache = resolve("examples/node_modules/.cache/examples");

/** Packages of the older form ask for others by `require`. */
const commonJs = `import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);`;

/**
 * Loads all as one module, so that it is done once, and what examples leave behind is in a copy of the sources that no other test sees.
 *
 * One that the bundler does not take rejects with what it says.
 */
export async function loadPrograms(name: string, programs: readonly ExampleProgram[]): Promise<Running> {
  mkdirSync(cache, { recursive: true });
  const outfile = `${cache}/${name}.mjs`;
  const texts = new Map(programs.map(({ text }, k) => [`example:${k}`, text]));
  const bundle = () =>
    build({
      stdin: { contents: [...texts.keys()].map(exportOf).join("\n"), resolveDir: cache },
      plugins: [modulesOf(texts)],
      outfile,
      bundle: true,
      banner: { js: commonJs },
      format: "esm",
      platform: "node",
      target: "es2022",
      conditions: ["@isograd/source"],
      external: ["koffi", "vitest", "fast-check"],
      logLevel: "silent",
    });
  await bundle().catch(({ errors }: BuildFailure) => {
    for (const { location, text } of errors)
      texts.set(
        location?.file ?? "",
        `export const example = () => Promise.reject(new Error(${JSON.stringify(text)}));`,
      );
    return bundle();
  });
  const loaded: Record<string, Running[number]> = await import(/* @vite-ignore */ outfile);
  return programs.map((_, k) => loaded[`example${k}`]);
}

const exportOf = (path: string, k: number): string => `export { example as example${k} } from "${path}";`;

/** Modules that are in no file. */
const modulesOf = (texts: ReadonlyMap<string, string>): Plugin => ({
  name: "examples",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^example:\d+$/ }, ({ path }) => ({ path: path.slice(8), namespace: "example" }));
    onLoad({ filter: /./, namespace: "example" }, ({ path }) => ({
      contents: texts.get(`example:${path}`),
      loader: "ts",
      resolveDir: cache,
    }));
  },
});
