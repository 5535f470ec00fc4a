import {
  concat,
  ShapeError,
  select,
  squeeze,
  stack,
  Tensor,
  transpose,
  unsqueeze,
  withScope,
  zeros,
} from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { Module } from "../../module/module.ts";
import { Dropout } from "../dropout/dropout.ts";
import { checkExtent } from "../extent.ts";
import { checkState, type RecurrentCell } from "./cell.ts";
import type { CellOptions } from "./cell-options.ts";
import { Packing } from "./packing.ts";
import { unroll } from "./unroll.ts";

export interface RecurrentOptions extends CellOptions {
  /** How many layers, each above the output of the one before; default 1. */
  readonly numLayers?: number;
  /** Whether a second cell in each layer goes through the sequences backwards; default false. */
  readonly bidirectional?: boolean;
  /** Whether inputs and outputs are [batch, time, ...] instead of [time, batch, ...]; default false. */
  readonly batchFirst?: boolean;
  /** How likely, in training, each element of what passes from one layer to the next is to become 0; default 0. */
  readonly dropout?: number;
}

export interface SequenceOptions {
  /** How many steps each sequence of the batch has, at least one; default: all last to the end. */
  readonly lengths?: Tensor | readonly number[];
}

/** What a recurrent layer makes of sequences. */
export interface Sequences<State> {
  readonly output: Tensor;
  readonly state: State;
}

/** The cells of one layer. */
export interface Directions<State> {
  readonly forward: RecurrentCell<State>;
  readonly reverse?: RecurrentCell<State>;
}

/**
 * Cells taken through sequences, in layers and perhaps in both directions.
 *
 * [time, batch, inputSize], or [batch, time, inputSize] with `batchFirst`, or [time, inputSize], to `output` of the same axes: what the last layer
 * shows at each step, forward and reverse one behind the other. `state`, and the initial one that may be passed (default: zeros), has in each
 * part [layers · directions, batch, width], forward before reverse, without the axis of the batch if the input has none: its last step's state for each
 * cell, which for a reverse one is that at the first position. With `lengths`, what stands behind the end of a sequence is not read, `output` is 0
 * there, and states are those at the end of each. Cells are named `layers.0.forward`, `layers.0.reverse`, ...; they are taken from step to step, not
 * called, so that hooks on them do not run.
 *
 * A state passed on to the next call carries gradients back through all calls; a state without its history ends them there (truncated backpropagation
 * through time).
 *
 *
 *
 * @example
 * const lstm = new LSTM({ inputSize: 3, hiddenSize: 8 });
 * let state: LSTMState | null = null;
 * for (const piece of [full([5, 2, 3], 1), full([5, 2, 3], 2)]) {
 *   const result: Sequences<LSTMState> = lstm.call(piece, state);
 *   result.output.shape; // [5, 2, 8]
 *   backward(mean(result.output));
 *   state = mapTree(result.state, stopGradient);
 * }
 */
export abstract class Recurrent<State> extends Module<
  readonly [x: Tensor, state?: State | null, options?: SequenceOptions],
  Sequences<State>
> {
  readonly layers: readonly Directions<State>[];
  readonly batchFirst: boolean;
  /** Between layers; null where there is none. */
  readonly dropout: Dropout | null;
  readonly inputSize: number;

  /**
   * @param name of the layer, for errors
   * @param make a cell of the layer's options, but for those that it is handed
   */
  constructor(
    protected readonly name: string,
    options: RecurrentOptions,
    make: (own: Required<Pick<CellOptions, "inputSize" | "generator">>) => RecurrentCell<State>,
  ) {
    super();
    const { numLayers = 1, bidirectional = false, dropout = 0, generator = nextGenerator() } = options;
    checkExtent(name, "numLayers", numLayers);
    this.inputSize = checkExtent(name, "inputSize", options.inputSize);
    this.batchFirst = options.batchFirst ?? false;
    const layers: Directions<State>[] = [];
    let inputSize = this.inputSize;
    while (layers.length < numLayers) {
      const forward = make({ inputSize, generator });
      layers.push(bidirectional ? { forward, reverse: make({ inputSize, generator }) } : { forward });
      inputSize = forward.widths[0] * (bidirectional ? 2 : 1);
    }
    this.layers = layers;
    this.dropout =
      dropout === 0 ? null : new Dropout({ probability: dropout, generator: generator.fork("dropout") });
  }

  forward(x: Tensor, state: State | null = null, { lengths }: SequenceOptions = {}): Sequences<State> {
    const isSingle = x.rank === 2;
    const sequences = this.timeFirst(x);
    const [time, batch] = sequences.shape;
    const given = lengths instanceof Tensor ? [...lengths.values()] : lengths;
    const packing = new Packing(this.name, time, batch, given);
    const initial = this.initialParts(isSingle, batch, state)?.map((part) => packing.sort(part)) ?? null;
    const { rows, finals } = this.run(packing.pack(sequences), packing.sizes, initial);
    const output = packing.unpack(rows);
    const parts = finals[0].map((_, part) => packing.unsort(stack(finals.map((after) => after[part]))));
    return {
      output: isSingle ? squeeze(output, 1) : this.batchFirst ? transpose(output, 0, 1) : output,
      state: this.layers[0].forward.stateOf(isSingle ? parts.map((part) => squeeze(part, 1)) : parts),
    };
  }

  /** Takes packed rows through all layers; `finals` are the parts of the last state of each cell. */
  private run(
    packed: Tensor,
    sizes: readonly number[],
    initial: readonly Tensor[] | null,
  ): { readonly rows: Tensor; readonly finals: readonly (readonly Tensor[])[] } {
    const finals: (readonly Tensor[])[] = [];
    let rows = packed;
    this.layers.forEach((layer, k) => {
      if (k > 0 && this.dropout !== null) rows = this.dropout.call(rows);
      const outputs = cellsOf(layer).map(([direction, cell]) =>
        withScope(`layers.${k}.${direction}`, () => {
          const fromInputs = cell.fromInputs(rows);
          const before =
            initial?.map((part) => select(part, 0, finals.length)) ??
            cell.widths.map((width) => zeros([sizes[0], width], fromInputs.dtype));
          const { output, state } = unroll(cell.step(), fromInputs, sizes, before, direction === "reverse");
          finals.push(state);
          return output;
        }),
      );
      rows = outputs.length === 1 ? outputs[0] : concat(outputs, 1);
    });
    return { rows, finals };
  }

  /** @throws ShapeError unless x is what the layer takes, and has a step */
  private timeFirst(x: Tensor): Tensor {
    const { inputSize, batchFirst } = this;
    const axes = batchFirst ? "batch, time" : "time, batch";
    const sequences = x.rank === 2 ? unsqueeze(x, 1) : batchFirst && x.rank === 3 ? transpose(x, 0, 1) : x;
    if (sequences.rank !== 3 || sequences.shape[2] !== inputSize || sequences.shape[0] === 0)
      throw new ShapeError(
        this.name,
        [x.shape],
        `expected sequences [${axes}, ${inputSize}] or [time, ${inputSize}] of at least one step`,
      );
    return sequences;
  }

  /** The parts of a state with an axis for the batch. */
  private initialParts(isSingle: boolean, batch: number, state: State | null): Tensor[] | null {
    if (state === null) return null;
    const cells = this.layers.flatMap(cellsOf);
    const [[, cell]] = cells;
    return cell.partsOf(state).map((part, k) => {
      checkState(this.name, part, [cells.length, ...(isSingle ? [] : [batch]), cell.widths[k]]);
      return isSingle ? unsqueeze(part, 1) : part;
    });
  }
}

const cellsOf = <State>({
  forward,
  reverse,
}: Directions<State>): [direction: keyof Directions<State>, cell: RecurrentCell<State>][] =>
  reverse === undefined
    ? [["forward", forward]]
    : [
        ["forward", forward],
        ["reverse", reverse],
      ];
