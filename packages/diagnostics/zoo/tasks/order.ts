import { type Generator, permute } from "@isograd/autograd";
import { temporalOrder } from "../../../../examples/long-term/temporal-order.ts";
import type { Examples, Task } from "../task.ts";

/** How many there are. */
export const symbols = temporalOrder.inputSize;

/** Whether two symbols, one near the beginning and one in the middle of a sequence of 12 to 20, were AA, AB, BA or BB. */
export function order(generator: Generator, length = 12 + generator.fork("length").integer(9)): Task {
  const draw = (name: string, count: number): Examples => {
    const { inputs, targets } = temporalOrder.draw(generator.fork(name), length, count);
    return { inputs: permute(inputs, [1, 0, 2]), targets };
  };
  return {
    kind: "classes",
    outputs: temporalOrder.outputSize,
    training: draw("training", 2000),
    heldOut: draw("held out", 1000),
    chance: 0.25,
  };
}
