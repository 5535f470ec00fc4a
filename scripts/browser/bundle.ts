import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { checkBuilt } from "../tarballs.ts";

/** The files of the bundle to begin with: the one that Node imports, and the one that the page loads. */
export const entries = { node: "main.js", page: "page.js" } as const;

/**
 * Bundles the program with the built packages into `folder`, as a site would be: minified, with source maps, what it depends on in a
 * file apart.
 *
 * @throws Error if a package is not built, or was changed since
 */
export async function bundleProgram(folder: string): Promise<void> {
  for (const name of ["autograd", "nn"]) checkBuilt(name);
  await build({
    entryPoints: ["main", "page", "libraries"].map((name) =>
      fileURLToPath(new URL(`program/${name}.ts`, import.meta.url)),
    ),
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    logOverride: { "ignored-bare-import": "silent" }, // packages built in parts name parts that they need nothing of
  });
}
