import { graphNodes, listOf } from "../graph.ts";
import type { Node, Signature, Tensor } from "../tensor.ts";

/** One output of a node. */
export interface DescribedPlace {
  readonly node: number;
  readonly output: number;
}

/** One operation that was recorded, or a leaf. */
export interface DescribedNode {
  /** Its position among the nodes. */
  readonly id: number;
  /** The operation's name; null for a leaf. */
  readonly op: string | null;
  /** The scope path; empty outside every scope. */
  readonly scope: string;
  /** Where each input comes from; null for a constant. None are known of a freed node. */
  readonly inputs: readonly (DescribedPlace | null)[];
  readonly outputs: readonly Signature[];
  /** An earlier sweep has dropped what the rules read, and the way to the inputs. */
  readonly freed: boolean;
  /** The user's source line, where it was recorded in anomaly mode. */
  readonly site?: string;
}

/** A graph as plain data, the same after a way through JSON. */
export interface GraphDescription {
  readonly format: "isograd-graph";
  /** Rises when a reader of the version before would misunderstand. */
  readonly version: 1;
  /** Earliest first: inputs stand before what is made of them. */
  readonly nodes: readonly DescribedNode[];
  /** The places of the tensors that the graph was asked for; null for a constant. */
  readonly outputs: readonly (DescribedPlace | null)[];
}

/**
 * The graph behind a tensor, or several, as plain data.
 *
 * @example
 * describeGraph(mul(parameter([1, 2]), 3)).nodes[1].inputs; // [{ node: 0, output: 0 }, null]
 */
export function describeGraph(outputs: Tensor | readonly Tensor[]): GraphDescription {
  const nodes = graphNodes(outputs);
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  const placeOf = (node: Node | null, output: number): DescribedPlace | null =>
    node === null ? null : { node: numbers.get(node) as number, output };
  return {
    format: "isograd-graph",
    version: 1,
    nodes: nodes.map((node, id) => ({
      id,
      op: node.op?.name ?? null,
      scope: node.scope,
      inputs: node.sources.map((source, k) => placeOf(source, node.sourceOutput(k))),
      outputs: node.outputSignatures.map(({ shape, dtype }) => ({ shape, dtype })),
      freed: node.freed,
      ...(node.site === undefined ? {} : { site: node.site }),
    })),
    outputs: listOf(outputs).map(({ node, outputIndex }) => placeOf(node, outputIndex)),
  };
}

/**
 * The graph behind a tensor, or several, as JSON: a `GraphDescription`.
 *
 * @see describeGraph for the same as an object
 * @example
 * JSON.parse(graphToJson(square(parameter([1, 2])))).nodes[1].outputs; // [{ shape: [2], dtype: "f32" }]
 */
export function graphToJson(outputs: Tensor | readonly Tensor[]): string {
  return JSON.stringify(describeGraph(outputs));
}

/** The operation's name, and on the next line what it makes. */
export const captionOf = ({ op, outputs, freed }: DescribedNode): string =>
  `${op ?? "leaf"}${freed ? " (freed)" : ""}\n${outputs.map(describeSignature).join(", ")}`;

export const describeSignature = ({ shape, dtype }: Signature): string => `${dtype}[${shape.join(", ")}]`;
