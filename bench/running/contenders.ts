import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Launch } from "./contender.ts";
import { cache, peers } from "./peers.ts";

/** Contenders in JavaScript that are not ours, and the package that they need. */
export const javascriptPeers: Readonly<Record<string, keyof typeof peers>> = {
  "tfjs-wasm": "@tensorflow/tfjs-backend-wasm",
  "tfjs-cpu": "@tensorflow/tfjs",
  "jax-js-jit": "@jax-js/jax",
  "jax-js": "@jax-js/jax",
  deepbox: "deepbox",
  "numpy-ts": "numpy-ts",
};

/** One file beside the peers, so that it finds them; built as the packages are, not run through a loader that would slow it down. */
async function bundle(): Promise<string> {
  const outfile = join(cache, "contender.js");
  await build({
    entryPoints: [fileURLToPath(new URL("../contenders/main.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    conditions: ["@isograd/source"],
    external: Object.keys(peers),
  });
  return outfile;
}

const pytorchScript = fileURLToPath(new URL("../contenders/pytorch.py", import.meta.url));

/** The Python that has PyTorch, or null. */
function findPython(): string | null {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      execFileSync(python, ["-c", "import torch, numpy"], { stdio: "ignore" });
      return python;
    } catch {
      // the next one may have it
    }
  }
  return null;
}

/** Ours first; then ours with two threads, and with a native library for matrix products, where there is one. */
export async function launches(): Promise<Launch[]> {
  const script = await bundle();
  const inNode = (name: string): Launch => ({
    name,
    command: process.execPath,
    arguments: [script, name],
    compiles: name === "jax-js-jit",
  });
  return [
    inNode("isograd"),
    inNode("isograd-threads"),
    inNode("isograd-blas"),
    ...Object.keys(javascriptPeers).map(inNode),
    {
      name: "pytorch",
      command: findPython() ?? "python3",
      arguments: [pytorchScript],
      environment: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
    },
    inNode("peak"),
  ];
}
