import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOptions } from "../../demo/options.ts";
import { exitCodes, Problem } from "../../demo/problem.ts";

function problemOf(args: readonly string[]): Problem {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error(`expected a Problem for ${args.join(" ")}`);
}

describe("parseOptions", () => {
  it("has defaults", () => {
    expect(parseOptions([])).toEqual({
      seed: 7,
      quick: false,
      out: resolve("isograd-report.html"),
      data: null,
      help: false,
    });
  });

  it("reads every option, behind a -- too", () => {
    const args = ["--", "--quick", "--seed=12", "--out", "a/b.html", "--data", "digits", "-h"];
    expect(parseOptions(args)).toEqual({
      seed: 12,
      quick: true,
      out: resolve("a/b.html"),
      data: resolve("digits"),
      help: true,
    });
  });

  it("puts the report of a quick run into the temporary folder", () => {
    expect(parseOptions(["--quick"]).out).toBe(join(tmpdir(), "isograd-report.html"));
  });

  it("takes every seed of 32 bits", () => {
    fc.assert(fc.property(fc.nat(2 ** 32 - 1), (seed) => parseOptions(["--seed", `${seed}`]).seed === seed));
    expect(parseOptions(["--seed", "4294967295"]).seed).toBe(4294967295);
  });

  it.each(["-1", "1.5", "seven", "", "4294967296", "1e3", "0x10", "Infinity"])(
    "refuses the seed %j",
    (seed) => {
      const { message, exitCode } = problemOf([`--seed=${seed}`]);
      expect(message).toBe(
        `--seed: expected a whole number from 0 to 4294967295, got "${seed}"; see \`pnpm demo --help\``,
      );
      expect(exitCode).toBe(exitCodes.usage);
    },
  );

  it.each([
    [["--quik"], "Unknown option '--quik'"],
    [["--seed"], "--seed needs a value"],
    [["--seed", "-1"], "--seed needs a value that does not begin with a dash"],
    [["--quick=yes"], "--quick takes no value"],
    [["fast"], "Unexpected argument 'fast'"],
  ])("refuses %j in one line", (args, reason) => {
    const { message, exitCode } = problemOf(args);
    expect(message).toContain(reason);
    expect(message).toMatch(/; see `pnpm demo --help`$/);
    expect(message).not.toContain("\n");
    expect(exitCode).toBe(exitCodes.usage);
  });
});
