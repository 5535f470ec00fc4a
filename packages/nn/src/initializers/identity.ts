import { ArgumentError, fromData, ShapeError } from "@isograd/autograd";
import type { Initializer, Slot } from "./initializer.ts";
import { allocateSlot } from "./random.ts";

/**
 * 1 on the diagonal of a matrix [out, in], 0 elsewhere: keeps as many inputs as there are outputs.
 *
 * @throws ShapeError for anything but a matrix
 * @see torch.nn.init.eye_
 * @example
 * eye({ shape: [2, 3], generator: new Generator(1) }); // [[1, 0, 0], [0, 1, 0]]
 */
export const eye: Initializer = (slot) => {
  if (slot.shape.length !== 2) throw new ShapeError("eye", [slot.shape], "expected a weight [out, in]");
  return withOnes(slot, 1);
};

export interface DiracOptions {
  /** Into how many groups the channels of the convolution are split; default 1. */
  readonly groups?: number;
}

/**
 * A convolution that keeps its inputs, as many channels of each group as there are outputs: 1 in the middle of the kernel.
 *
 * @throws ArgumentError when drawn, unless groups divides the outputs; ShapeError unless the weight is [out, in, ...kernel] with a kernel of one to three axes
 * @see torch.nn.init.dirac_
 * @example
 * const layer = new Conv1d({ inChannels: 1, outChannels: 1, kernelSize: 3, padding: 1, bias: false, weightInit: dirac() });
 * layer.weight; // [[[0, 1, 0]]]
 * layer.call(tensor([[[5, 6, 7]]])); // [[[5, 6, 7]]]
 */
export function dirac({ groups = 1 }: DiracOptions = {}): Initializer {
  return (slot) => {
    const [out] = slot.shape;
    if (slot.shape.length < 3 || slot.shape.length > 5)
      throw new ShapeError("dirac", [slot.shape], "expected a weight [out, in, ...kernel] of rank 3 to 5");
    if (!(Number.isInteger(groups) && groups >= 1 && out % groups === 0))
      throw new ArgumentError("dirac", `expected groups that divide ${out} outputs`, groups);
    return withOnes(slot, groups);
  };
}

/** Output i of each group gets a 1 for input i, in the middle of the kernel. */
function withOnes(slot: Slot, groups: number): ReturnType<Initializer> {
  const [out, into, ...kernel] = slot.shape;
  const data = allocateSlot(slot);
  const size = kernel.reduce((product, extent) => product * extent, 1);
  const middle = kernel.reduce((place, extent) => place * extent + Math.floor(extent / 2), 0);
  const each = out / groups;
  for (let group = 0; group < groups; group++)
    for (let i = 0; i < Math.min(each, into); i++) data[((group * each + i) * into + i) * size + middle] = 1;
  return fromData(data, slot.shape);
}
