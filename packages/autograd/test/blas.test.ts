import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BlasInfo, blasInfo, stopBlas, useBlas } from "../src/blas.ts";
import { backward, Generator, matmul, parameter, randn, sum, type Tensor } from "../src/index.ts";
import { batchedGemm, gemm } from "../src/kernels/gemm.ts";
import { floats, gemmLaws } from "./kernels/gemm-laws.ts";

const nowhere = "/nowhere/libopenblas.so";
const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});

beforeEach(() => stopBlas());
afterEach(() => {
  stopBlas(); // other files count on the kernels of their own
  vi.unstubAllEnvs();
});
afterAll(() => void warn.mockRestore());

/** A product and its gradients, as digits. */
function computed(): string {
  const generator = new Generator(3);
  const [a, b] = [parameter(randn(generator, [40, 50])), parameter(randn(generator, [2, 50, 30]))];
  const product = matmul(a, b);
  backward(sum(product));
  return [product, a.grad as Tensor, b.grad as Tensor].map((x) => x.values().join()).join();
}

// These laws hold whether this machine has a library or not.
describe.each(floats)("with whatever useBlas finds, gemm %s", (_, View, u) => {
  beforeEach(() => void useBlas());
  gemmLaws({ gemm, batchedGemm }, View, u);
});

describe("useBlas", () => {
  it("says what is in use until it is stopped", () => {
    const info = useBlas();
    expect(blasInfo()).toBe(info);
    expect(info.isOn ? info.library : info.reason).not.toBe("");
    stopBlas();
    expect(blasInfo()).toEqual({ isOn: false, reason: "stopBlas was called" });
  });

  it("changes nothing when the library is not there, and says so once", () => {
    const before = computed();
    warn.mockClear();
    const { isOn } = useBlas({ library: nowhere });
    useBlas({ library: nowhere });
    expect(isOn).toBe(false);
    expect(computed()).toBe(before);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/^@isograd\/autograd\/blas: matrix products stay in WebAssembly, because [^.]*/),
      {
        code: "ISOGRAD_BLAS",
      },
    );
  });

  it("leaves no library in use that was before", () => {
    const before = computed();
    useBlas();
    useBlas({ library: nowhere });
    expect(computed()).toBe(before);
  });

  it("works with as many threads as it is asked to, and is as accurate", () => {
    for (const threads of [1, 2]) {
      vi.stubEnv("OPENBLAS_NUM_THREADS", String(threads));
      for (const info of [useBlas(), useBlas({ threads })]) {
        expect(threadsOf(info) ?? threads).toBe(threads);
        const [m, n, k] = [200, 150, 300];
        const a = {
          data: new Float32Array(m * k).map((_, at) => Math.sin(at)),
          offset: 0,
          rowStride: k,
          columnStride: 1,
        };
        const b = {
          data: new Float32Array(k * n).map((_, at) => Math.cos(at)),
          offset: 0,
          rowStride: n,
          columnStride: 1,
        };
        expect(largestError(m, n, k, a, b)).toBeLessThan(1);
      }
    }
    useBlas({ threads: 1 });
  });

  it("wants a positive number of threads", () => {
    expect(() => useBlas({ threads: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: useBlas: expected threads to be a positive integer, got 0]`,
    );
    expect(() => useBlas({ threads: 1.5 })).toThrow("positive integer");
  });
});

describe("importing @isograd/autograd/blas", () => {
  /** A copy of the module, so that it is imported for the first time. */
  const importAnew = (name: string): Promise<typeof import("../src/blas.ts")> =>
    import(/* @vite-ignore */ `${new URL("../src/blas.ts", import.meta.url).pathname}?${name}`);

  it("turns it on where it can be", async () => {
    const imported = await importAnew("anew");
    const wanted = useBlas();
    expect(imported.blasInfo()).toEqual(wanted);
  });

  it("throws nothing where it cannot, and warns", async () => {
    vi.stubEnv("ISOGRAD_BLAS", nowhere);
    warn.mockClear();
    const before = computed();
    const imported = await importAnew("nowhere");
    expect(imported.blasInfo().isOn).toBe(false);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(computed()).toBe(before);
  });
});

const threadsOf = (info: BlasInfo): number | undefined => (info.isOn ? info.threads : undefined);

/** How far the product is from the sums in double precision, in units of what `gemm` promises. */
function largestError(
  m: number,
  n: number,
  k: number,
  a: { data: Float32Array; offset: number; rowStride: number; columnStride: number },
  b: { data: Float32Array; offset: number; rowStride: number; columnStride: number },
): number {
  const out = new Float32Array(m * n);
  gemm(m, n, k, a, b, out, 0);
  const gamma = (k * 2 ** -24) / (1 - k * 2 ** -24);
  let largest = 0;
  for (let at = 0; at < m * n; at += 7) {
    let [exact, absolute] = [0, 0];
    for (let l = 0; l < k; l++) {
      const term = a.data[Math.floor(at / n) * k + l] * b.data[l * n + (at % n)];
      exact += term;
      absolute += Math.abs(term);
    }
    largest = Math.max(largest, Math.abs(out[at] - exact) / (gamma * absolute));
  }
  return largest;
}
