import type { Koffi, KoffiLibrary } from "./koffi.ts";
import type { CblasGemm } from "./product.ts";

/** A native library that multiplies matrices. */
export interface Blas {
  readonly library: string;
  /** What it says of itself, if anything. */
  readonly description: string | undefined;
  /** How many it works with; undefined where it decides by itself. */
  readonly threads: number | undefined;
  readonly f32: CblasGemm;
  readonly f64: CblasGemm;
}

/**
 * Opens the first library that will do.
 *
 * @returns why not, library by library, if none does
 */
export function openBlas(koffi: Koffi, names: readonly string[], threads: number): Blas | string {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      return bind(name, loadWithOneThread(koffi, name), threads);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return reasons.join("; ");
}

/** OpenBLAS otherwise starts a thread for every processor when it is loaded. */
function loadWithOneThread(koffi: Koffi, name: string): KoffiLibrary {
  const before = process.env.OPENBLAS_NUM_THREADS;
  process.env.OPENBLAS_NUM_THREADS = "1";
  try {
    return koffi.load(name);
  } finally {
    if (before === undefined) delete process.env.OPENBLAS_NUM_THREADS;
    else process.env.OPENBLAS_NUM_THREADS = before;
  }
}

function bind(name: string, library: KoffiLibrary, wanted: number): Blas {
  const description = find(library, "openblas_get_config", "str")?.() as string | undefined;
  if (description?.includes("USE64BITINT"))
    throw new Error("it is built for whole numbers of 64 bits, where 32 are expected");
  find(library, "openblas_set_num_threads", "void", ["int"])?.(wanted);
  const threads = find(library, "openblas_get_num_threads", "int")?.() as number | undefined;
  const [f32, f64] = [gemmOf(library, "cblas_sgemm", "float"), gemmOf(library, "cblas_dgemm", "double")];
  return { library: name, description: description?.trim(), threads, f32, f64 };
}

function gemmOf(library: KoffiLibrary, name: string, number: "float" | "double"): CblasGemm {
  const matrix = ["void *", "int"];
  const parameters = [...new Array<string>(6).fill("int"), number, ...matrix, ...matrix, number, ...matrix];
  return library.func(name, "void", parameters) as CblasGemm;
}

/** A function that not every library has. */
function find(library: KoffiLibrary, name: string, result: string, parameters: readonly string[] = []) {
  try {
    return library.func(name, result, parameters);
  } catch {
    return undefined;
  }
}
