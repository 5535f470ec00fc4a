import type { Tensor } from "../tensor.ts";
import { type DescribedPlace, describeGraph, describeSignature } from "./describe.ts";

/**
 * The graph behind a tensor, or several, as text: a line a node, earliest first, with its inputs by number; `2.1` is the second output of
 * node 2, and a dot stands for a constant.
 *
 * @example
 * printGraph(sum(square(parameter([1, 2, 3])))).split("\n"); // ["0  leaf f32[3]", "1  square(0) f32[3]", "2  sum(1) f32[]"]
 */
export function printGraph(outputs: Tensor | readonly Tensor[]): string {
  const { nodes } = describeGraph(outputs);
  const nameOf = (place: DescribedPlace | null): string => {
    if (place === null) return "·";
    return nodes[place.node].outputs.length === 1 ? `${place.node}` : `${place.node}.${place.output}`;
  };
  const lines = nodes.map(({ id, op, scope, inputs, outputs, freed }) => {
    const call = op === null ? "leaf" : `${op}(${freed ? "freed" : inputs.map(nameOf).join(", ")})`;
    const place = scope === "" ? "" : ` in ${scope}`;
    return `${id}  ${call} ${outputs.map(describeSignature).join(", ")}${place}`;
  });
  return lines.join("\n");
}
