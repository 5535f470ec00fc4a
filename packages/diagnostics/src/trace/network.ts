import type { ActivationFacts, Node, Tensor } from "@isograd/autograd";

/** An activation function, whatever it learns. */
export interface AnyActivation {
  (x: Tensor, ...parameters: never[]): Tensor;
  readonly name: string;
  /** What it learns, by name, and where that begins: tensors behind x, in this order. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly facts: ActivationFacts;
  factsAt(parameters: Readonly<Record<string, number>>): ActivationFacts;
}

/** One product of a signal with weights, as the graph shows it. */
export interface Contraction {
  /** The scope path, or the operation and its number where there is none. */
  readonly place: string;
  /** Its position among the contractions of a pass: a pass of the same program finds the same layer there. */
  readonly index: number;
  readonly node: Node;
  /** [..., fanIn, fanOut], or [..., fanOut, fanIn] where the weights stand in front. */
  readonly weight: Tensor;
  /** What the weights are a view of: a leaf, or a constant that the model holds; null where they are computed. */
  readonly weightSource: Tensor | null;
  /** Whether the weights stand in front of the signal. */
  readonly weightFirst: boolean;
  readonly signal: Tensor;
  readonly output: Tensor;
  /** Whether the bias is in the output already: the operation adds it. */
  readonly withBias: boolean;
  readonly fanIn: number;
  readonly fanOut: number;
  /** The contraction that the signal comes from, on its longest way; null at the input. */
  readonly below: Contraction | null;
  /** How many contractions lie on the longest way from the input, this one included. */
  readonly depth: number;
  /** Whether a later contraction takes what this one made, on any way. */
  feeds: boolean;
  /** What is added to the product, where that is a leaf or a constant. */
  bias: Tensor | null;
  /** What the operation itself adds to each unit, a leaf or computed of some; none where it adds nothing. */
  readonly added?: Tensor;
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
  /** The gradient of the loss to the output, after the sweep. */
  cotangent: Tensor | null;
}

/** Channels stand behind the batch, units of a product last, or in front of the columns where the weights stand in front. */
export function unitAxisOf({ node, output, weightFirst }: Contraction): number {
  if (typeof node.op?.contraction === "function") return 1;
  return weightFirst ? output.rank - 2 : output.rank - 1;
}
