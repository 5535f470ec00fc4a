import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Digits, readMnist } from "../../demo/data/mnist.ts";
import { run } from "../../mnist/run.ts";
import { idxBytes, temporaryFolder } from "../demo/data/digit-files.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  const { training, test } = readMnist(null);
  mkdirSync(join(folder, "few"));
  writeFew("train", training, 200);
  writeFew("t10k", test, 100);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The first images of a part of MNIST. */
function writeFew(part: string, { images, labels, pixels }: Digits, count: number): void {
  const file = (name: string): string => join(folder, "few", `${part}-${name}`);
  writeFileSync(file("images-idx3-ubyte"), idxBytes([count, 28, 28], images.subarray(0, count * pixels)));
  writeFileSync(file("labels-idx1-ubyte"), idxBytes([count], labels.subarray(0, count)));
}

/** What a run on these few prints, without the seconds. */
async function printed(args: readonly string[], until = Number.POSITIVE_INFINITY): Promise<string[]> {
  const lines: string[] = [];
  const stop = new AbortController();
  const print = (line: string): void => {
    lines.push(line.replace(/; [\d.]+ s$/, ""));
    if (lines.length === until) stop.abort(new Error("enough"));
  };
  await run(["--data", join(folder, "few"), ...args], print, stop.signal).catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  return lines;
}

describe("the example of digits", () => {
  it("learns, goes on after an interruption as if there had been none, and leaves no checkpoint", async () => {
    const checkpoint = (name: string): string[] => ["--checkpoint", join(folder, name)];
    const whole = await printed(["--quick", ...checkpoint("whole")]);
    expect(whole).toHaveLength(5);
    expect(whole[0]).toBe("MNIST: 200 training images, 3 epochs, seed 7");
    expect(Number(/test: ([\d.]+) % ± /.exec(whole[4])?.[1])).toBeGreaterThan(40);

    const begun = await printed(["--quick", ...checkpoint("parts")], 2);
    expect(begun).toEqual(whole.slice(0, 2));
    const ended = await printed(["--quick", ...checkpoint("parts")]);
    expect(ended).toEqual([whole[0], `goes on from ${join(folder, "parts")}`, ...whole.slice(2)]);
    expect(existsSync(join(folder, "parts"))).toBe(false);
  });

  it("looks at held-out training images where choices are made", async () => {
    const lines = await printed(["--quick", "--validate", "--checkpoint", join(folder, "choice")]);
    expect(lines[0]).toBe("MNIST: 184 training images, 3 epochs, seed 7");
    expect(lines.slice(1)).toHaveLength(3);
    for (const line of lines.slice(1))
      expect(line).toMatch(/loss [\d.]+, [\d.]+ % of the held-out images right$/);
  });
});
