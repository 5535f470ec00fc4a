import { type Generator, type Shape, ShapeError, type Tensor } from "@isograd/autograd";

/** A place for numbers that a layer learns. */
export interface Slot {
  readonly shape: Shape;
  readonly generator: Generator;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
  /** How many numbers each output is made from, and each input goes into. Default: those of a weight of this shape; a bias has its weight's. */
  readonly fanIn?: number;
  readonly fanOut?: number;
}

/** Makes the values that a slot begins with: untracked, new at each call, drawn from the slot's generator alone. */
export type Initializer = (slot: Slot) => Tensor;

export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * The fans of a weight [out, in, ...kernel]: in, or out, times the size of the kernel.
 *
 * @throws ShapeError below rank 2: a bias has no fans of its own
 * @see torch.nn.init._calculate_fan_in_and_fan_out
 * @example
 * fansOf([16, 3, 5, 5]); // { fanIn: 75, fanOut: 400 }
 */
export function fansOf(shape: Shape): Fans {
  if (shape.length < 2) throw new ShapeError("fansOf", [shape], "expected a weight [out, in, ...kernel]");
  const [out, into, ...kernel] = shape;
  const size = kernel.reduce((product, extent) => product * extent, 1);
  return { fanIn: into * size, fanOut: out * size };
}

/** The slot's fans where it names them, else those of its shape. */
export function slotFans({ shape, fanIn, fanOut }: Slot): Fans {
  return fanIn !== undefined && fanOut !== undefined
    ? { fanIn, fanOut }
    : { ...fansOf(shape), ...(fanIn !== undefined && { fanIn }), ...(fanOut !== undefined && { fanOut }) };
}
