import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readMnist } from "../../../demo/data/mnist.ts";
import { Problem } from "../../../demo/problem.ts";
import { idxBytes, temporaryFolder, writeDigits } from "./digit-files.ts";

const images = "train-images-idx3-ubyte";
const labels = "train-labels-idx1-ubyte";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  writeDigits(folder, { train: 6, t10k: 4 }, 3);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The message of the problem, with the folder left out. */
function complaint(): string {
  try {
    readMnist(folder);
  } catch (error) {
    if (error instanceof Problem) return error.message.replaceAll(folder, "");
    throw error;
  }
  throw new Error("expected a problem");
}

describe("readMnist", () => {
  it("reads the package's 70,000 images", () => {
    const { training, test } = readMnist(null);
    expect([training.count, training.pixels, test.count]).toEqual([60_000, 784, 10_000]);
    expect(Array.from(training.labels.subarray(0, 5))).toEqual([5, 0, 4, 1, 9]);
  });

  it("reads a folder, packed files too", () => {
    const before = readMnist(folder);
    expect([before.training.count, before.training.pixels, before.test.count]).toEqual([6, 9, 4]);
    writeFileSync(join(folder, `${images}.gz`), gzipSync(readFileSync(join(folder, images))));
    rmSync(join(folder, images));
    expect(readMnist(folder).training).toEqual(before.training);
  });

  it("names a missing file and what to do", () => {
    rmSync(join(folder, labels));
    expect(complaint()).toMatchInlineSnapshot(
      `"/train-labels-idx1-ubyte is missing (.gz neither): --data needs a folder with the four MNIST files, or leave it out after \`pnpm install\`"`,
    );
  });

  it("says how much of a cut file is there", () => {
    truncateSync(join(folder, images), 40);
    expect(complaint()).toMatch(/^\/train-images-idx3-ubyte: .*70 bytes.*40.*get it again$/);
    truncateSync(join(folder, images), 3);
    expect(complaint()).toMatch(/^\/train-images-idx3-ubyte: .*3.*get it again$/);
  });

  it("tells another file from an IDX file", () => {
    writeFileSync(join(folder, images), "<!doctype html><html>not found</html>");
    expect(complaint()).toMatch(/^\/train-images-idx3-ubyte: .*magic number.*0x3c21646f.*get it again$/);
  });

  it("tells images from labels", () => {
    writeFileSync(join(folder, images), readFileSync(join(folder, labels)));
    expect(complaint()).toMatchInlineSnapshot(
      `"/train-images-idx3-ubyte: expected bytes of rank 3, got Uint8Array of rank 1; the file is damaged or not the right one, get it again"`,
    );
  });

  it("says that a packed file is broken", () => {
    rmSync(join(folder, images));
    writeFileSync(join(folder, `${images}.gz`), Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3));
    expect(complaint()).toMatchInlineSnapshot(
      `"/train-images-idx3-ubyte.gz: readIdx: expected gzip data to be whole, got "7 bytes"; the file is damaged or not the right one, get it again"`,
    );
  });

  it("says that a folder is none of the files", () => {
    rmSync(join(folder, images));
    mkdirSync(join(folder, images));
    expect(complaint()).toMatchInlineSnapshot(`"cannot read /train-images-idx3-ubyte: it is a folder"`);
  });

  it("compares the files with each other", () => {
    writeFileSync(join(folder, labels), idxBytes([5], new Uint8Array(5)));
    expect(complaint()).toMatchInlineSnapshot(
      `"/train-labels-idx1-ubyte: expected a label for each of 6 images, got 5"`,
    );
    writeFileSync(join(folder, labels), idxBytes([6], Uint8Array.of(0, 1, 2, 10, 4, 5)));
    expect(complaint()).toMatchInlineSnapshot(
      `"/train-labels-idx1-ubyte: expected labels from 0 to 9, got 10 at 3"`,
    );
    writeDigits(folder, { train: 6, t10k: 4 }, 3);
    writeFileSync(join(folder, "t10k-images-idx3-ubyte"), idxBytes([4, 2, 2], new Uint8Array(16)));
    expect(complaint()).toMatchInlineSnapshot(
      `": expected training and test images of one size, got 9 and 4 pixels"`,
    );
    writeFileSync(join(folder, images), idxBytes([0, 3, 3], new Uint8Array(0)));
    expect(complaint()).toMatchInlineSnapshot(`"/train-images-idx3-ubyte: expected images, got none"`);
  });
});
