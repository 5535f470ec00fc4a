import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../claims/claim.ts";
import { claims } from "../../claims/registry.ts";
import { examineAll, run } from "../../claims/run.ts";
import { smallLaboratory } from "./laboratory.ts";

describe("the claims", () => {
  it("are one file each, all of them entered", () => {
    const folder = join(import.meta.dirname, "../../claims");
    const others = ["claim", "main", "plan", "registry", "run"];
    const files = readdirSync(folder).flatMap((name) => (name.endsWith(".ts") ? [name.slice(0, -3)] : []));
    expect(Object.keys(claims).sort()).toEqual(files.filter((name) => !others.includes(name)).sort());
  });

  it("are told with what was measured, and counted", async () => {
    const lines: string[] = [];
    const names = ["code-example", "zero-output", "formulas"];
    const examined = await examineAll(
      names.map((name) => [name, claims[name]]),
      smallLaboratory(),
      (line) => lines.push(line),
    );
    // None of these depends on data or luck.
    expect(examined.map(({ measurements }) => verdictOf(measurements))).toEqual([
      "does not hold",
      "does not hold",
      "holds under a condition",
    ]);
    expect(lines[0]).toMatchInlineSnapshot(`
      "code-example (section 4.1, 4.2): does not hold
        claim:  W of [2, 1] times x of [2, 1], plus b of [1], is a simple neural network.
        - as printed, W of [2, 1]: whether the program runs (1) or not (0) 0; claimed above 0.5: not as claimed (matmul: expected [..., m, k] and [..., k, n], got [2, 1] and [2, 1])
        - put right, W of [1, 2]: whether the program runs (1) or not (0) 1 (gives [1, 1])
        theory: A product takes [m, k] and [k, n]. One unit of two inputs has W of [1, 2], and gives [1, 1].
      "
    `);
    expect(lines[2]).toMatch(/^ {2}not for: tanh at ±100 in single precision$/m);
    expect(lines[lines.length - 1]).toMatchInlineSnapshot(`
      "claim         section        verdict                  measured as claimed
      code-example  4.1, 4.2       does not hold              0 of 1
      zero-output   4.1            does not hold              0 of 4
      formulas      3.2            holds under a condition   9 of 10
      3 claims: 0 holds, 1 holds under a condition, 2 does not hold, 0 open"
    `);
  });

  it("stop where they are told to", async () => {
    const laboratory = { ...smallLaboratory(), signal: AbortSignal.abort(new Error("enough")) };
    await expect(
      examineAll([["code-example", claims["code-example"]]], laboratory, () => {}),
    ).rejects.toThrow("enough");
  });

  it("that are none are named", async () => {
    const lines: string[] = [];
    const before = process.exitCode;
    await run(["--only", "clipping,cliping"], (line) => lines.push(line));
    expect(process.exitCode).toBe(2);
    process.exitCode = before;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Which claim\? cliping is none of: .*clipping/);
  });
});
