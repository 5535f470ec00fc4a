import { copyNumbers, type Direction, stage } from "./stage.ts";
import { blockDepth } from "./tile.ts";

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

/** So many numbers are still in a cache close by when they are packed, after they were brought: *measured*. */
const pieceNumbers = 2 ** 14;

/** Lines with gaps of their own length between them are brought with the gaps. */
const widestGaps = 2;

/** Room, in numbers, to bring a block of an operand to. */
export const stagingNumbers = (across: number, deep: number): number => widestGaps * across * deep;

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
  /** How many lie across in a panel. */
  readonly panel: number;
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
    } else if (!this.#packPieces(start, across.count, deep.count)) {
      const directions = [
        { count: across.count, stride: plan.across.stride },
        { count: deep.count, stride: plan.deep.stride },
      ] as const;
      const staged = stage(memory, plan.staging, plan.data, start, ...directions);
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

  /**
   * Packs an operand of lines side by side piece by piece, each as soon as it is brought.
   *
   * Memory that threads share is packed by all of them at once, from an operand that is there as a whole.
   */
  #packPieces(start: number, across: number, deep: number): boolean {
    const { pack, memory, data, staging, packed, panel, across: side, deep: down } = this.#plan;
    if (across * deep <= pieceNumbers || !(memory.buffer instanceof ArrayBuffer)) return false;
    const width = memory.BYTES_PER_ELEMENT;
    const wholePanels = Math.ceil(across / panel) * panel;
    if (down.stride === 1 && side.stride >= deep && side.stride <= widestGaps * deep) {
      const lines = Math.max(1, Math.floor(pieceNumbers / side.stride / panel)) * panel;
      for (let first = 0; first < across; first += lines) {
        const count = Math.min(lines, across - first);
        const length = (count - 1) * side.stride + deep;
        copyNumbers(memory, staging / width, data, start + first * side.stride, length);
        for (let at = 0; at < deep; at += blockDepth) {
          const depth = Math.min(blockDepth, deep - at);
          const target = packed + (wholePanels * at + first * depth) * width;
          pack(staging + at * width, side.stride * width, width, count, depth, target);
        }
      }
      return true;
    }
    if (side.stride === 1 && down.stride >= across && down.stride <= widestGaps * across) {
      for (let at = 0; at < deep; at += blockDepth) {
        const depth = Math.min(blockDepth, deep - at);
        const length = (depth - 1) * down.stride + across;
        copyNumbers(memory, staging / width, data, start + at * down.stride, length);
        pack(staging, width, down.stride * width, across, depth, packed + wholePanels * at * width);
      }
      return true;
    }
    return false;
  }
}
