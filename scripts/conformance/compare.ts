import { Tensor, tensor } from "@isograd/autograd";
import { readTensor, type StoredTensor } from "./case.ts";

export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

export const tolerances = {
  value: { relative: 1e-9, absolute: 1e-11 },
  gradient: { relative: 1e-7, absolute: 1e-9 },
  second: { relative: 1e-6, absolute: 1e-8 },
} as const;

/** Where two tensors differ, in words; null where they agree. NaN equals NaN, no tensor expected equals zeros. */
export function difference(
  received: Tensor,
  expected: StoredTensor | null,
  { relative, absolute }: Tolerance,
): string | null {
  const target = expected === null ? null : readTensor(expected);
  if (target !== null && !sameNumbers(received.shape, target.shape))
    return `shape [${received.shape}], expected [${target.shape}]`;
  const [values, wanted] = [received.values(), target?.values()];
  for (let k = 0; k < values.length; k++) {
    const [value, aim] = [values[k], wanted === undefined ? 0 : wanted[k]];
    if (value === aim || (value !== value && aim !== aim)) continue;
    if (!(Math.abs(value - aim) <= absolute + relative * Math.abs(aim)) || !Number.isFinite(aim))
      return `element ${k} is ${value}, expected ${aim}`;
  }
  return null;
}

/** The results of a call as tensors, in order: numbers and truth values count as scalars. */
export function resultsOf(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result];
  if (typeof result === "number" || typeof result === "boolean")
    return [tensor(Number(result), { dtype: "f64" })];
  if (Array.isArray(result)) return result.flatMap(resultsOf);
  throw new Error(`expected tensors, got ${String(result)}`);
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, k) => value === b[k]);
