import { ArgumentError, concat, ShapeError } from "@isograd/autograd";
import { type Initializer, slotFans } from "./initializer.ts";

/**
 * Draws a weight that stacks those of several gates or heads along its first axis, each by itself and with its own fans.
 *
 * Taken whole, four gates [4 · out, in] would count four times as many outputs as each has, and an orthogonal matrix would be none for any of them.
 *
 * @param parts how many
 * @throws ArgumentError unless `parts` is a positive integer; ShapeError when drawn, unless it divides the first axis
 * @example
 * const layer = new Linear({ inFeatures: 2, outFeatures: 4, weightInit: stacked(2, orthogonal()) });
 * const gate = narrow(layer.weight, 0, 0, 2);
 * matmul(gate, transpose(gate)); // [[1.00, 0.00], [0.00, 1.00]]
 */
export function stacked(parts: number, initializer: Initializer): Initializer {
  if (!Number.isInteger(parts) || parts < 1)
    throw new ArgumentError("stacked", "expected parts to be a positive integer", parts);
  return (slot) => {
    const [extent, ...rest] = slot.shape;
    if (slot.shape.length === 0 || extent % parts !== 0)
      throw new ShapeError("stacked", [slot.shape], `expected a first axis that ${parts} parts divide`);
    const { fanIn, fanOut } = fansOfSlot(slot);
    const part = {
      ...slot,
      shape: [extent / parts, ...rest],
      fanIn,
      fanOut: fanOut === undefined ? undefined : fanOut / parts,
    };
    return concat(
      Array.from({ length: parts }, () => initializer(part)),
      0,
    );
  };
}

/** A bias that nobody names fans for has none; its initializer says so if it needs them. */
const fansOfSlot: (slot: Parameters<Initializer>[0]) => { fanIn?: number; fanOut?: number } = (slot) =>
  slot.shape.length < 2 ? slot : slotFans(slot);
