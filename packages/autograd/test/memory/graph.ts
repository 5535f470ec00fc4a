import { add, backward, parameter, type Tensor } from "../../src/index.ts";
import { live } from "./live.ts";

export interface GraphMemory {
  /** What a node takes while the graph is held, in bytes, tensor and value included. */
  readonly bytesANode: number;
  /** What is left of that when the sweep has gone through. */
  readonly bytesLeft: number;
  readonly seconds: number;
  readonly gradient: number;
}

/** A chain of additions, each of which takes the first leaf again. */
export function chain(nodes: number): GraphMemory {
  const x = parameter(1);
  const before = live();
  const began = performance.now();
  let y: Tensor = x;
  for (let k = 0; k < nodes; k++) y = add(y, x);
  const built = performance.now();
  const held = live();
  const resumed = performance.now();
  backward(y);
  const seconds = (performance.now() - resumed + built - began) / 1000;
  return {
    bytesANode: (held - before) / nodes,
    bytesLeft: (live() - before) / nodes,
    seconds,
    gradient: (x.grad as Tensor).item(),
  };
}
