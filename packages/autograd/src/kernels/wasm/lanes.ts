import type { Operand } from "./assembler/instruction.ts";
import * as f32x4 from "./assembler/instructions/f32x4.ts";
import * as f64x2 from "./assembler/instructions/f64x2.ts";
import * as relaxed from "./assembler/instructions/relaxed.ts";
import * as v128 from "./assembler/instructions/v128.ts";
import type { Statement } from "./assembler/term.ts";
import type { Vector } from "./assembler/vector-instruction.ts";

type Address = Operand<"i32">;

/** A vector of floating-point numbers: what a generator needs so that it is written once for both precisions. */
export interface Lanes {
  /** Numbers in a vector. */
  readonly count: number;
  /** Bytes of one number. */
  readonly width: number;
  add(x: Vector, y: Vector): Vector;
  /** `x * y + z`, rounded once or twice. */
  multiplyAdd(x: Vector, y: Vector, z: Vector): Vector;
  /** One number of the memory in all lanes. */
  loadSplat(address: Address, offset?: number): Vector;
  /** One number of the memory in lane 0, and zeros. */
  loadOne(address: Address, offset?: number): Vector;
  /** Writes lane 0. */
  storeOne(address: Address, vector: Vector, offset?: number): Statement;
  /** The same square of numbers with rows and columns exchanged. */
  transpose(rows: readonly Vector[]): readonly Vector[];
}

export const f32Lanes: Lanes = {
  count: 4,
  width: 4,
  add: f32x4.add,
  multiplyAdd: (x, y, z) => f32x4.add(z, f32x4.mul(x, y)),
  loadSplat: v128.load32Splat,
  loadOne: v128.load32Zero,
  storeOne: (address, vector, offset) => v128.store32Lane(address, vector, 0, offset),
  transpose: ([a, b, c, d]) => [
    v128.shuffle(v128.shuffle(a, b, [0, 4, 1, 5]), v128.shuffle(c, d, [0, 4, 1, 5]), [0, 2]),
    v128.shuffle(v128.shuffle(a, b, [0, 4, 1, 5]), v128.shuffle(c, d, [0, 4, 1, 5]), [1, 3]),
    v128.shuffle(v128.shuffle(a, b, [2, 6, 3, 7]), v128.shuffle(c, d, [2, 6, 3, 7]), [0, 2]),
    v128.shuffle(v128.shuffle(a, b, [2, 6, 3, 7]), v128.shuffle(c, d, [2, 6, 3, 7]), [1, 3]),
  ],
};

export const f64Lanes: Lanes = {
  count: 2,
  width: 8,
  add: f64x2.add,
  multiplyAdd: (x, y, z) => f64x2.add(z, f64x2.mul(x, y)),
  loadSplat: v128.load64Splat,
  loadOne: v128.load64Zero,
  storeOne: (address, vector, offset) => v128.store64Lane(address, vector, 0, offset),
  transpose: ([a, b]) => [v128.shuffle(a, b, [0, 2]), v128.shuffle(a, b, [1, 3])],
};

/** The same lanes with another way to multiply and add. */
// @__NO_SIDE_EFFECTS__
function withMultiplyAdd(lanes: Lanes, multiplyAdd: Lanes["multiplyAdd"]): Lanes {
  return { ...lanes, multiplyAdd };
}

export const f32RelaxedLanes = /* @__PURE__ */ withMultiplyAdd(f32Lanes, relaxed.f32x4Madd);
export const f64RelaxedLanes = /* @__PURE__ */ withMultiplyAdd(f64Lanes, relaxed.f64x2Madd);
