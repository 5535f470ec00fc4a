import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The bytes of an IDX file of unsigned bytes. */
export function idxBytes(shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  shape.forEach((extent, axis) => {
    header.setUint32(4 + 4 * axis, extent);
  });
  return Buffer.concat([new Uint8Array(header.buffer), bytes]);
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "isograd-test-"));

/** A folder with as many images of `side` x `side` as wanted, each showing its class by where it is bright. */
export function writeDigits(
  folder: string,
  counts: { readonly train: number; readonly t10k: number },
  side = 28,
): void {
  mkdirSync(folder, { recursive: true });
  for (const part of ["train", "t10k"] as const) {
    const count = counts[part];
    const labels = Uint8Array.from({ length: count }, (_, k) => (7 * k) % 10);
    const images = new Uint8Array(count * side * side);
    labels.forEach((label, k) => {
      for (let p = 0; p < side * side; p++) {
        const noise = (k * 31 + p * 17 + ((k * p) % 23)) % 50;
        images[k * side * side + p] = (p % 10 === label ? 180 : 0) + noise;
      }
    });
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idxBytes([count, side, side], images));
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), idxBytes([count], labels));
  }
}
