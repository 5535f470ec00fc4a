import { expect } from "vitest";
import * as v128 from "../../../../../src/kernels/wasm/assembler/instructions/v128.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import type { HostMemory } from "../../../../../src/kernels/wasm/host.ts";
import { bytesOf } from "../run-term.ts";

/** The operands of every test: the vectors at the addresses 0 and 16. */
export const x = v128.load(0);
export const y = v128.load(16);

interface Lanes<N> extends ArrayLike<N>, Iterable<N> {}
type LanesOf<N> = new (buffer: ArrayBuffer) => Lanes<N>;

/** Checks an instruction lane by lane against a function of JavaScript; results wrap around as the array type says. */
export function lanewise<N extends number | bigint>(
  instruction: Vector,
  operands: LanesOf<N>,
  results: (new (values: Iterable<N>) => Lanes<N>) & LanesOf<N>,
  f: (x: N, y: N) => number | bigint | boolean,
  memory: () => HostMemory,
): void {
  const left = new operands(memory().buffer.slice(0, 16));
  const right = new operands(memory().buffer.slice(16, 32));
  const mask = (value: number | bigint | boolean): N =>
    (typeof value !== "boolean" ? value : typeof left[0] === "bigint" ? -BigInt(value) : -Number(value)) as N;
  const expected = new results(Array.from(left, (lane, k) => mask(f(lane, right[k]))));
  expect([...new results(bytesOf(instruction, memory()))]).toEqual([...expected]);
}
