import type { Activation, Node, Tensor } from "@isograd/autograd";

/** An activation function; its options and parameters do not matter here. */
export type AnyActivation = Activation<string, string>;

/** One product of a signal with weights, as the graph shows it. */
export interface Contraction {
  /** The scope path, or the operation and its number where there is none. */
  readonly place: string;
  readonly node: Node;
  readonly weight: Tensor;
  /** The leaf that the weights are a view of; null where they are computed from several. */
  readonly weightLeaf: Tensor | null;
  /** Whether the weights stand in front of the signal. */
  readonly weightFirst: boolean;
  readonly signal: Tensor;
  readonly output: Tensor;
  readonly fanIn: number;
  readonly fanOut: number;
  /** The contraction that the signal comes from; null at the input. */
  readonly below: Contraction | null;
  /** What is added to the output, where that is a leaf. */
  bias: Tensor | null;
  /** The first activation behind it. */
  activation: ActivationUse | null;
  /** The gradient of the loss to the output, after the sweep. */
  cotangent: Tensor | null;
}

/** One application of an activation. */
export interface ActivationUse {
  readonly place: string;
  readonly activation: AnyActivation;
  /** x, and the parameters behind it. */
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** The layer it belongs to; null where none lies below. */
  readonly contraction: Contraction | null;
}
