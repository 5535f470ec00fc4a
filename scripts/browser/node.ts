import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { entries } from "./bundle.ts";
import type { Means, Outcome } from "./program/outcome.ts";

/** Browsers multiply and add in one instruction of WebAssembly; Node does so from 22 on, and before that if told to. */
const fused = Number(process.versions.node.split(".")[0]) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];

/**
 * Runs the program of the bundle in a Node of its own.
 *
 * @param means what a page has, that Node is to have just so; without, it has what it has
 */
export function runInNode(folder: string, means?: Means): Outcome {
  const file = pathToFileURL(join(folder, entries.node));
  const program = `
    ${means?.webAssembly === false ? "delete globalThis.WebAssembly;" : ""}
    const { run } = await import(${JSON.stringify(file)});
    console.log(JSON.stringify(await run()));`;
  const evaluation = means?.evaluates === false ? ["--disallow-code-generation-from-strings"] : [];
  const flags = means === undefined ? [] : [...fused, ...evaluation];
  const args = [...flags, "--input-type=module", "--eval", program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}
