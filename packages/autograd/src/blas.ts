import { ArgumentError } from "./errors.ts";
import { useNativeProducts } from "./kernels/gemm.ts";
import { type Koffi, loadKoffi } from "./kernels/native/koffi.ts";
import { type Blas, openBlas } from "./kernels/native/library.ts";
import { libraryNames } from "./kernels/native/library-names.ts";
import { nativeProducts } from "./kernels/native/product.ts";

/** What computes large matrix products. */
export type BlasInfo =
  | {
      readonly isOn: true;
      /** The name by which it was found. */
      readonly library: string;
      /** What the library says of itself, such as its version and the processor whose kernels it chose; not every library does. */
      readonly description: string | undefined;
      /** How many threads it works with; undefined where the library decides. */
      readonly threads: number | undefined;
    }
  | {
      readonly isOn: false;
      /** Why not, and what to do about it. */
      readonly reason: string;
    };

export interface BlasOptions {
  /** A library with the functions `cblas_sgemm` and `cblas_dgemm`, by path or by name; else what `ISOGRAD_BLAS` names, else OpenBLAS or Accelerate. */
  library?: string;
  /** How many threads it works with, if it can be told; else what `OPENBLAS_NUM_THREADS` says, else 1. */
  threads?: number;
}

let info: BlasInfo;
const warnings = new Set<string>();

/**
 * Has large matrix products computed by a native library, as importing `@isograd/autograd/blas` does by itself.
 *
 * Where koffi or the library is missing, nothing changes, and a warning of the process says once what to install. However many threads
 * there are, each element is within `k u / (1 - k u)` of the exact one, in units of the same element of `|a| |b|`, as without.
 *
 * @returns what is in use from here on
 * @throws ArgumentError if the number of threads is not a positive integer
 * @see Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 3.5
 * @example
 * const info = useBlas();
 * const products = info.isOn ? `computed by ${info.library}` : `left to WebAssembly: ${info.reason}`;
 * useBlas({ threads: 0 }); // throws ArgumentError
 */
export function useBlas({ library, threads }: BlasOptions = {}): BlasInfo {
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
    throw new ArgumentError("useBlas", "expected threads to be a positive integer", threads);
  const found = findBlas(library ?? process.env.ISOGRAD_BLAS, threads ?? threadsAskedFor());
  useNativeProducts(typeof found === "string" ? null : nativeProducts(found));
  if (typeof found === "string") {
    info = { isOn: false, reason: found };
    warnOnce(`@isograd/autograd/blas: matrix products stay in WebAssembly, because ${found}`);
  } else {
    info = {
      isOn: true,
      library: found.library,
      description: found.description,
      threads: found.threads,
    };
  }
  return info;
}

/**
 * Has all matrix products computed without a native library again.
 *
 * @example
 * stopBlas();
 * blasInfo(); // { isOn: false, reason: "stopBlas was called" }
 */
export function stopBlas(): void {
  useNativeProducts(null);
  info = { isOn: false, reason: "stopBlas was called" };
}

/**
 * Says what computes large matrix products, and why no native library does where none does.
 *
 * @example
 * stopBlas();
 * blasInfo().isOn; // false
 */
export function blasInfo(): BlasInfo {
  return info;
}

function threadsAskedFor(): number {
  const threads = Number(process.env.OPENBLAS_NUM_THREADS);
  return Number.isInteger(threads) && threads > 0 ? threads : 1;
}

/** Finds the library, or the words for why there is none. */
function findBlas(named: string | undefined, threads: number): Blas | string {
  let koffi: Koffi;
  try {
    koffi = loadKoffi();
  } catch (error) {
    if ((error as { code?: unknown }).code === "MODULE_NOT_FOUND")
      return 'koffi is not installed: "npm i koffi" does that';
    return `koffi does not load (${error instanceof Error ? error.message : error}): "npm i koffi" installs it anew`;
  }
  const names = named ? [named] : libraryNames(process.platform, process.arch);
  const found = openBlas(koffi, names, threads);
  if (typeof found !== "string") return found;
  if (named) return `the library ${JSON.stringify(named)} will not do (${found})`;
  return `${howToInstall()}, or let ISOGRAD_BLAS name a library`;
}

function howToInstall(): string {
  if (process.platform === "darwin") return "Accelerate was not found: update macOS";
  if (process.platform === "win32") return "libopenblas.dll was not found: put OpenBLAS on the PATH";
  return 'OpenBLAS was not found: "apt install libopenblas0-pthread" installs it';
}

function warnOnce(sentence: string): void {
  if (!warnings.has(sentence)) process.emitWarning(sentence, { code: "ISOGRAD_BLAS" });
  warnings.add(sentence);
}

useBlas();
