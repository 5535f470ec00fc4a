import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Generator } from "@isograd/autograd";
import { unpackState } from "@isograd/nn";
import { loadSafetensors } from "@isograd/nn/node";
import { build } from "esbuild";
import { afterAll, expect, it } from "vitest";
import { everySteps, longRun } from "./train-until-killed.ts";

const folder = mkdtempSync(join(tmpdir(), "isograd-killing-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** KILLS=<count> for more of them. */
const kills = Number(process.env.KILLS ?? 4);

it("a program that is killed at any moment and started again ends with the weights of one that was not, bit for bit", async () => {
  const program = join(folder, "program.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("train-until-killed.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@isograd/source"],
    external: ["koffi"],
    logLevel: "error",
  });
  const file = join(folder, "run.safetensors");
  const generator = new Generator("moments");
  let [killed, saved, said] = [0, 0, ""];
  for (;;) {
    said = "";
    const child = spawn(process.execPath, [program, "run", file], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.on("data", (text) => {
      said += text;
    });
    const closed = once(child, "close");
    if (killed < kills) {
      await Promise.race([once(child.stdout, "data"), closed]);
      await setTimeout(25 * generator.uniform());
      child.kill("SIGKILL");
    }
    const [, signal] = await closed;
    if (signal === null) break;
    killed++;
    const steps = said.trimEnd().split("\n").map(Number);
    // It went on where the last checkpoint was, and what it saved since is there whole.
    expect(steps[0]).toBe(saved + 1);
    const taken = steps[steps.length - 1];
    if (existsSync(file)) saved = (unpackState(loadSafetensors(file), "run") as { step: number }).step;
    expect(taken - saved).toBeLessThanOrEqual(everySteps);
  }
  expect(killed).toBe(kills);
  expect(said.trimEnd().split("\n").at(-1)).toBe(`done ${await longRun(null, () => {})}`);
  // The newest under three names, and the one before it: nothing that was left half written.
  expect(readdirSync(folder).sort()).toEqual([
    "program.mjs",
    "run-198.safetensors",
    "run-200.safetensors",
    "run.safetensors",
  ]);
});
