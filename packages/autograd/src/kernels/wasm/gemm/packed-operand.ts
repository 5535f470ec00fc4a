import { type Direction, stage } from "./stage.ts";

type Numbers = Float32Array | Float64Array;

/** The compiled kernel that packs; see `pack`. */
type PackKernel = (
  source: number,
  acrossStride: number,
  deepStride: number,
  across: number,
  deep: number,
  target: number,
) => void;

/** A range along a direction. */
export interface Range {
  readonly start: number;
  readonly count: number;
}

/** What an operand is packed from, and where: positions and strides in numbers, addresses in bytes. */
export interface PackedOperandPlan {
  readonly pack: PackKernel;
  readonly memory: Numbers;
  readonly data: Numbers;
  /** From the rows of the left operand, the columns of the right one, to the next. */
  readonly across: Direction;
  /** Along the sum. */
  readonly deep: Direction;
  readonly staging: number;
  readonly packed: number;
}

/** One side of a product: blocks of it are brought into the arena and packed, unless that has just been done. */
export class PackedOperand {
  readonly #plan: PackedOperandPlan;
  /** The matrix that is packed whole. */
  #current = NaN;

  constructor(plan: PackedOperandPlan) {
    this.#plan = plan;
  }

  /** Packs a block of the matrix that begins at `matrixStart`. */
  pack(matrixStart: number, across: Range, deep: Range): void {
    if (matrixStart === this.#current) return;
    const plan = this.#plan;
    const { memory } = plan;
    const start = matrixStart + across.start * plan.across.stride + deep.start * plan.deep.stride;
    if (plan.data === memory) {
      const width = memory.BYTES_PER_ELEMENT;
      const acrossStride = plan.across.stride * width;
      const deepStride = plan.deep.stride * width;
      plan.pack(start * width, acrossStride, deepStride, across.count, deep.count, plan.packed);
    } else {
      const block = {
        across: { count: across.count, stride: plan.across.stride },
        deep: { count: deep.count, stride: plan.deep.stride },
      };
      const staged = stage(memory, plan.staging, plan.data, start, block.across, block.deep);
      plan.pack(
        staged.address,
        staged.acrossStride,
        staged.deepStride,
        across.count,
        deep.count,
        plan.packed,
      );
    }
    const isWhole = across.count === plan.across.count && deep.count === plan.deep.count;
    if (isWhole) this.#current = matrixStart;
  }
}
