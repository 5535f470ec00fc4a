import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Programs, how many bytes we want a user's bundler to make of them, minified and gzipped, and how many it may. */
export const programs = {
  "the gradient of a small expression": {
    text: `import { grad, mul, sin, tensor } from "@isograd/autograd";
           console.log(grad((x) => mul(x, sin(x)))(tensor(1)).item());`,
    target: 12_000,
    limit: 12_000,
  },
  "all of the main entry": {
    text: `export * from "@isograd/autograd";`,
    target: 60_000,
    limit: 150_000, // what some 400 operations with their rules, checks, plain and fast kernels take, and room
  },
} as const;

export interface BundleSize {
  readonly minified: number;
  readonly gzipped: number;
  /** The bytes that each source file contributes before compression, most first. */
  readonly files: readonly (readonly [file: string, bytes: number])[];
}

export async function bundleSize(program: string): Promise<BundleSize> {
  const resolveDir = fileURLToPath(new URL("..", import.meta.url));
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir, loader: "ts" },
    outfile: "program.js",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["@isograd/source"],
    write: false,
    metafile: true,
  });
  const [{ contents }] = outputFiles;
  const { inputs } = metafile.outputs["program.js"];
  const files = Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput] as const);
  return {
    minified: contents.length,
    gzipped: gzipSync(contents, { level: 9 }).length,
    files: files.filter(([, bytes]) => bytes > 0).sort(([, a], [, b]) => b - a),
  };
}
