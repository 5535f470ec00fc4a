import {
  add,
  type Generator,
  linear,
  parameter,
  ShapeError,
  squeeze,
  type Tensor,
  unsqueeze,
  zeros,
} from "@isograd/autograd";
import { draw, type Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import type { CellInitials } from "./cell-options.ts";

/** One step for a batch: from the share of the inputs [batch, ...] and the parts of the state to the parts of the next; the first is the output. */
export type Step = (fromInputs: Tensor, state: readonly Tensor[]) => readonly Tensor[];

/**
 * What one step of a recurrent layer learns and computes: from an input and a state to the next state.
 *
 * @example
 * const lastState = <State>(cell: RecurrentCell<State>, steps: readonly Tensor[]) =>
 *   steps.reduce<State | null>((state, x) => cell.call(x, state), null);
 * const steps = [full([2, 3], 1), full([2, 3], 0)];
 * lastState(new GRUCell({ inputSize: 3, hiddenSize: 8 }), steps)?.shape; // [2, 8]
 */
export abstract class RecurrentCell<State> extends Module<readonly [x: Tensor, state?: State | null], State> {
  readonly inputWeight: Tensor;
  readonly hiddenWeight: Tensor;
  readonly inputBias: Tensor | null;
  readonly hiddenBias: Tensor | null;
  protected readonly beginnings: CellInitials;
  /** The extents of the parts of the state, that of the output first. */
  abstract readonly widths: readonly number[];

  /** @param name of the layer, for errors */
  constructor(
    protected readonly name: string,
    beginnings: CellInitials,
    generator: Generator,
  ) {
    super();
    const begin = (initial: Initial | undefined): Tensor | null =>
      initial === undefined ? null : parameter(draw(initial, generator));
    this.beginnings = beginnings;
    this.inputWeight = begin(beginnings.inputWeight) as Tensor;
    this.hiddenWeight = begin(beginnings.hiddenWeight) as Tensor;
    this.inputBias = begin(beginnings.inputBias);
    this.hiddenBias = begin(beginnings.hiddenBias);
  }

  abstract partsOf(state: State): readonly Tensor[];
  abstract stateOf(parts: readonly Tensor[]): State;

  /** The share of the inputs, of however many steps: [rows, inputSize] -> [rows, ...]. What is added to it in any case is added here. */
  fromInputs(x: Tensor): Tensor {
    const { inputWeight, inputBias, hiddenBias } = this;
    return linear(x, inputWeight, inputBias && hiddenBias && add(inputBias, hiddenBias));
  }

  /** The step with what the cell has learnt until now: weights that are computed are so once for all steps. */
  abstract step(): Step;

  forward(x: Tensor, state: State | null = null): State {
    const { name } = this;
    const features = this.beginnings.inputWeight.shape[1];
    if (x.rank < 1 || x.rank > 2 || x.shape[x.rank - 1] !== features)
      throw new ShapeError(name, [x.shape], `expected inputs [batch, ${features}] or [${features}]`);
    const batch = x.shape.slice(0, -1);
    const rows = (tensor: Tensor): Tensor => (x.rank === 1 ? unsqueeze(tensor, 0) : tensor);
    const fromInputs = this.fromInputs(rows(x));
    const present = state === null ? null : this.partsOf(state);
    const parts = this.widths.map((width, k) => {
      if (present === null) return zeros([fromInputs.shape[0], width], fromInputs.dtype);
      checkState(name, present[k], [...batch, width]);
      return rows(present[k]);
    });
    const next = this.step()(fromInputs, parts);
    return this.stateOf(x.rank === 1 ? next.map((part) => squeeze(part, 0)) : next);
  }

  override initials(): Readonly<Record<string, Initial>> {
    return { ...this.beginnings };
  }
}

/** @throws ShapeError unless a part of a state has the shape that is expected */
export function checkState(layer: string, part: Tensor, shape: readonly number[]): void {
  if (part.rank !== shape.length || shape.some((extent, axis) => part.shape[axis] !== extent))
    throw new ShapeError(layer, [part.shape], `expected a state [${shape.join(", ")}]`);
}
