import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findDifference } from "./check.ts";
import { collectExamples, type PackageName } from "./collect.ts";
import { loadPrograms, type Running } from "./load.ts";
import { readPrograms } from "./program.ts";

/** Declares a test for each example in the doc comments of a package, and one that says which public values have none. */
export function testExamples(
  name: PackageName,
  /** Public values that have none, and why not. */
  excused: Readonly<Record<string, string>> = {},
): void {
  const { examples, lacking, surroundings } = collectExamples(name);
  const { programs, unreadable } = readPrograms(examples, surroundings);
  const folder = mkdtempSync(join(tmpdir(), "isograd-examples-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let running: Running;
  beforeAll(async () => {
    running = await loadPrograms(name, programs);
  });

  it("has an example for each public value", () => {
    expect(lacking.filter((value) => !Object.hasOwn(excused, value)).join("\n")).toBe("");
  });

  it("excuses only what has none", () => {
    expect(Object.keys(excused).filter((value) => !lacking.includes(value))).toEqual([]);
  });

  it("can read every example", () => {
    expect(unreadable.join("\n")).toBe("");
  });

  for (const [k, { example, checks }] of programs.entries()) {
    it(`${example.name} (${example.file}:${example.line})`, async () => {
      const own = join(folder, `${k}`);
      mkdirSync(own);
      const open = new Set(checks.keys());
      const check = async (number: number, evaluate: () => unknown): Promise<void> => {
        const { expected, line } = checks[number];
        const difference = await findDifference(expected, evaluate);
        if (difference !== null) throw new Error(`${example.file}:${line}: ${difference}`);
        open.delete(number);
      };
      await running[k]({ folder: own, check });
      expect([...open].map((number) => `never came to ${example.file}:${checks[number].line}`)).toEqual([]);
    });
  }
}
