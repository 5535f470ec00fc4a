import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { tensor } from "@isograd/autograd";
import { readIdx, readNpy, readNpz, writeNpy, writeNpz } from "@isograd/nn/formats";
import { loadCsv, loadIdx, loadNpy, loadNpz, saveNpy, saveNpz } from "@isograd/nn/node";
import { afterAll, describe, expect, it } from "vitest";
import { fromBase64, numpy } from "./numpy/arrays.ts";

const folder = mkdtempSync(join(tmpdir(), "isograd-formats-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, bytes: Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

describe("saveNpy and loadNpy", () => {
  it("write and read the bytes that writeNpy and readNpy do", () => {
    const file = join(folder, "x.npy");
    const x = tensor([[1.5, -2], [Number.NaN, 4]]); // biome-ignore format: two rows
    saveNpy(file, x);
    expect(Uint8Array.from(readFileSync(file))).toEqual(writeNpy(x));
    expect(loadNpy(file)).toEqual(readNpy(writeNpy(x)));
    expect(readdirSync(folder)).toEqual(["x.npy"]);
  });

  it("take the options, and name the file in errors", () => {
    const file = write("wide.npy", fromBase64(numpy.refused["i8 too wide"]));
    expect(loadNpy(file, { wideIntegers: "f64" }).toArray()).toEqual([0, 2 ** 31]);
    expect(() => loadNpy(file)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadNpy(wide.npy): expected numbers that i32 holds in "array" at element 1, got 2147483648]`,
    );
    expect(() => loadNpy(join(folder, "none.npy"))).toThrow("ENOENT");
  });
});

describe("saveNpz and loadNpz", () => {
  it("write and read the bytes that writeNpz and readNpz do", () => {
    const file = join(folder, "x.npz");
    const arrays = { inputs: tensor([[1, 2]]), targets: tensor([1], { dtype: "i32" }) };
    for (const compress of [false, true]) {
      saveNpz(file, arrays, { compress });
      expect(Uint8Array.from(readFileSync(file))).toEqual(writeNpz(arrays, { compress }));
      expect(loadNpz(file)).toEqual(readNpz(writeNpz(arrays)));
    }
  });

  it("take the options, and name file and array in errors", () => {
    const file = write("packed.npz", fromBase64(numpy.compressed));
    expect(() => loadNpz(file, { maxBytes: 1000 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadNpz(packed.npz): expected arrays of at most maxBytes, 1000, got 40588]`,
    );
    writeFileSync(file, readFileSync(file).subarray(0, 500));
    expect(() => loadNpz(file)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadNpz(packed.npz): expected a whole zip archive with a directory at its end, got "500 bytes"]`,
    );
  });
});

describe("loadCsv", () => {
  it("reads the file part by part, characters of several bytes between them", () => {
    const lines = Array.from({ length: 3000 }, (_, k) => `${k},${"é".repeat(k % 500)}`);
    const file = write("long.csv", Buffer.from(`\ufeffx,y\n${lines.join("\r\n")}`));
    const table = loadCsv(file, { columns: { y: "text" } });
    expect(table.rows).toBe(3000);
    const [x, y] = [table.column("x").values, table.column("y").values];
    expect(lines.every((line, k) => line === `${x[k]},${y[k]}`)).toBe(true);
    expect(() => loadCsv(file, { columns: { y: "number" } })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadCsv(long.csv): expected a value in column "y" at line 2; whenMissing may be "drop", "nan" or { fill }, got ""]`,
    );
  });
});

describe("loadIdx", () => {
  it("reads the file, packed or not", () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);
    expect(loadIdx(write("a-idx2-ubyte", bytes))).toEqual(readIdx(bytes));
    expect(loadIdx(write("a-idx2-ubyte.gz", gzipSync(bytes)))).toEqual(readIdx(bytes));
    const cut = write("cut", bytes.subarray(0, 14));
    expect(() => loadIdx(cut)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadIdx(cut): expected 15 bytes for shape [1, 3], the data ends early, got 14]`,
    );
  });
});
