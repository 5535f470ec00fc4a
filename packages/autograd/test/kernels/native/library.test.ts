import { afterEach, describe, expect, it, vi } from "vitest";
import type { Koffi } from "../../../src/kernels/native/koffi.ts";
import { openBlas } from "../../../src/kernels/native/library.ts";

type Functions = Readonly<Record<string, (...values: unknown[]) => unknown>>;

const products: Functions = { cblas_sgemm: () => "single", cblas_dgemm: () => "double" };

/** Libraries made of JavaScript, by name; what is asked of them is noted. */
function koffiWith(libraries: Readonly<Record<string, Functions>>) {
  const loaded: string[] = [];
  const bound: Record<string, string> = {};
  const koffi: Koffi = {
    load: (path) => {
      loaded.push(`${path} with ${process.env.OPENBLAS_NUM_THREADS} threads`);
      const library = libraries[path];
      if (library === undefined) throw new Error(`no ${path}`);
      return {
        func: (name, result, parameters) => {
          if (library[name] === undefined) throw new Error(`no ${name} in ${path}`);
          bound[name] = `${result} (${parameters.join(", ")})`;
          return library[name];
        },
      };
    },
  };
  return { koffi, loaded, bound };
}

afterEach(() => void vi.unstubAllEnvs());

describe("openBlas", () => {
  it("takes the first library that has the products, and looks no further", () => {
    const { koffi, loaded, bound } = koffiWith({ b: {}, c: products, d: products });
    const blas = openBlas(koffi, ["a", "b", "c", "d"], 1);
    expect(blas).toEqual({
      library: "c",
      description: undefined,
      threads: undefined,
      f32: products.cblas_sgemm,
      f64: products.cblas_dgemm,
    });
    expect(loaded.map((line) => line[0])).toEqual(["a", "b", "c"]);
    expect(bound.cblas_sgemm).toBe(
      "void (int, int, int, int, int, int, float, void *, int, void *, int, float, void *, int)",
    );
    expect(bound.cblas_dgemm).toBe(bound.cblas_sgemm.replaceAll("float", "double"));
  });

  it("says of each why not", () => {
    const { koffi } = koffiWith({ b: {} });
    expect(openBlas(koffi, ["a", "b"], 1)).toMatchInlineSnapshot(`"no a; no cblas_sgemm in b"`);
    expect(openBlas(koffi, [], 1)).toBe("");
  });

  it("refuses an OpenBLAS that counts in 64 bits", () => {
    const large = { ...products, openblas_get_config: () => "OpenBLAS 0.3.21 USE64BITINT Zen" };
    expect(openBlas(koffiWith({ large }).koffi, ["large"], 1)).toMatchInlineSnapshot(
      `"it is built for whole numbers of 64 bits, where 32 are expected"`,
    );
  });

  it("loads it with one thread, and starts as many as are wanted", () => {
    let threads = 0;
    const openblas = {
      ...products,
      openblas_get_config: () => "OpenBLAS 0.3.21 Zen ",
      openblas_set_num_threads: (wanted: unknown) => {
        threads = Math.min(2, Number(wanted));
      },
      openblas_get_num_threads: () => threads,
    };
    for (const before of ["8", undefined]) {
      vi.stubEnv("OPENBLAS_NUM_THREADS", before);
      const { koffi, loaded } = koffiWith({ openblas });
      expect(openBlas(koffi, ["openblas"], 4)).toMatchObject({
        description: "OpenBLAS 0.3.21 Zen",
        threads: 2,
      });
      expect(loaded).toEqual(["openblas with 1 threads"]);
      expect(process.env.OPENBLAS_NUM_THREADS).toBe(before);
      expect(openBlas(koffi, ["openblas"], 1)).toMatchObject({ threads: 1 });
    }
  });
});
