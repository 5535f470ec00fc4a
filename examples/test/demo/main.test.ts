import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, writeDigits } from "./data/digit-files.ts";

const root = join(import.meta.dirname, "../../..");
let folder: string;
let digits: string;
beforeAll(() => {
  folder = temporaryFolder();
  digits = join(folder, "digits");
  writeDigits(digits, { train: 320, t10k: 100 });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs the demonstration as a user does; `during` sees what it has printed so far. */
function demo(
  args: readonly string[],
  during: (out: string, process: ChildProcess) => void = () => {},
): Promise<Ending> {
  const child = spawn(
    process.execPath,
    ["--conditions=@isograd/source", "--import", "tsx", "examples/demo/main.ts", ...args],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [out, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
    during(out, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, errors })));
}

describe("the demonstration", () => {
  it("explains itself", async () => {
    const { code, out, errors } = await demo(["--help"]);
    expect([code, errors]).toEqual([0, ""]);
    expect(out).toContain("Usage: pnpm demo [options]");
    for (const option of ["--quick", "--seed N", "--out FILE", "--data FOLDER", "--help"])
      expect(out).toContain(option);
  });

  it("says in one line what is wrong, where, and what to do", async () => {
    const cut = join(folder, "cut");
    writeDigits(cut, { train: 20, t10k: 20 });
    truncateSync(join(cut, "train-images-idx3-ubyte"), 1000);
    const missing = join(folder, "missing");
    const endings = await Promise.all([
      demo(["--fast"]),
      demo(["--data", missing]),
      demo(["--data", cut, "--out", join(folder, "cut.html")]),
      demo(["--out", join(missing, "report.html")]),
    ]);
    expect(endings.map(({ code }) => code)).toEqual([2, 1, 1, 1]);
    const parts = ["'--fast'", missing, join(cut, "train-images-idx3-ubyte"), join(missing, "report.html")];
    endings.forEach(({ out, errors }, k) => {
      expect(out).toBe("");
      expect(errors).toMatch(/^isograd demo: [^\n]+\n$/);
      expect(errors).toContain(parts[k]);
    });
  });

  it("tells the whole story, whatever the data, and writes the report", async () => {
    const report = join(folder, "report.html");
    const { code, out, errors } = await demo(["--quick", "--data", digits, "--out", report, "--seed", "3"]);
    expect([code, errors]).toEqual([0, ""]);
    const told = [
      "320 training images",
      "1/3  vanishing",
      "2/3  exploding",
      "3/3  dead",
      "│ network",
      `report: ${report}`,
    ];
    const at = told.map((part) => out.indexOf(part));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it("stops within a second after Ctrl-C, with one line, leaving nothing behind", async () => {
    const out = mkdtempSync(join(tmpdir(), "isograd-test-"));
    let asked = 0;
    const { code, errors } = await demo(["--quick", "--out", join(out, "report.html")], (text, child) => {
      if (asked > 0 || !text.includes("training images")) return;
      asked = performance.now();
      setTimeout(() => {
        asked = performance.now();
        child.kill("SIGINT");
      }, 700); // by then the processes that train are at work
    });
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(code).toBe(130);
    expect(errors).toMatch(
      /^isograd demo: stopped by Ctrl-C at \d+ %; finished: nothing yet\. No report was written\.\n$/,
    );
    expect(readdirSync(out)).toEqual([]);
    rmSync(out, { recursive: true });
    expect(existsSync(out)).toBe(false);
  });
});
