import { observe, type Tensor } from "@isograd/autograd";
import type { Contraction } from "../trace/network.ts";
import { Recorder } from "../trace/recorder.ts";
import { type Model, outputOf } from "../trace/trace.ts";

/** The layers along the longest way from the inputs to the output, first layer first. */
export function layersOf(operation: string, model: Model, inputs: Tensor): Contraction[] {
  const recorder = new Recorder([inputs]);
  const handle = observe(recorder);
  try {
    outputOf(model, inputs, operation);
  } finally {
    handle.remove();
  }
  let top: Contraction | null = null;
  for (const each of recorder.contractions) if (top === null || each.depth >= top.depth) top = each;
  const chain: Contraction[] = [];
  for (let at = top; at !== null; at = at.below) chain.push(at);
  return chain.reverse();
}

/** What a layer gives on: behind its activation, where it has one. */
export const representationOf = ({ activation, output }: Contraction): Tensor => activation?.output ?? output;
