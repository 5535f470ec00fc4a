import { sizeOf, stridesOf } from "../../shape.ts";

/** How a window slides along one axis of an image; positions before 0 and behind the extent read zeros. */
export interface Slide {
  readonly extent: number;
  /** The window's own extent, and how far apart its elements lie. */
  readonly size: number;
  readonly dilation: number;
  /** How far apart windows begin, how many there are, and how far before the image the first one does. */
  readonly stride: number;
  readonly count: number;
  readonly before: number;
}

/** What all places of a kind have in common: runs of numbers, `step` apart, that begin at a sum of two positions. */
export interface Runs {
  readonly outers: Int32Array;
  readonly inners: Int32Array;
  readonly length: number;
  readonly step: number;
}

/** The extents that windows reach: the image with zeros around it. */
export function reachOf(slides: readonly Slide[]): number[] {
  return slides.map(({ extent, size, dilation, stride, count, before }) =>
    Math.max(before + extent, (count - 1) * stride + dilation * (size - 1) + 1),
  );
}

export const isPadded = (slides: readonly Slide[]): boolean =>
  reachOf(slides).some((reach, axis) => reach !== slides[axis].extent);

/** The elements of a window over images of several channels, one outer position each; along the runs its place in each image. */
export function windowRuns(slides: readonly Slide[], channels: number, images: number): Runs {
  const reach = reachOf(slides);
  const pitches = stridesOf(reach);
  const volume = sizeOf(reach);
  const elements = positions(
    [channels, ...slides.map(({ size }) => size)],
    [volume, ...slides.map(({ dilation }, axis) => dilation * pitches[axis])],
  );
  const { inners, length, step } = runsOf(
    slides.map(({ count }) => count),
    slides.map(({ stride }, axis) => stride * pitches[axis]),
  );
  const starts = positions([images], [channels * volume]);
  return { outers: elements, inners: sums(starts, inners), length, step };
}

/** The elements of an image of several channels, one outer position each, where there are zeros around it. */
export function imageRuns(slides: readonly Slide[], channels: number): Runs {
  const reach = reachOf(slides);
  const pitches = stridesOf(reach);
  const first = slides.reduce((sum, { before }, axis) => sum + before * pitches[axis], 0);
  const { inners, length, step } = runsOf(
    slides.map(({ extent }) => extent),
    pitches,
  );
  return {
    outers: positions([channels], [sizeOf(reach)]),
    inners: sums(Int32Array.of(first), inners),
    length,
    step,
  };
}

/** The last axes as runs, as long as they go on in equal steps. */
function runsOf(extents: readonly number[], steps: readonly number[]): Omit<Runs, "outers"> {
  let axis = extents.length - 1;
  const step = steps[axis];
  let length = extents[axis];
  for (; axis > 0 && (extents[axis - 1] === 1 || steps[axis - 1] === length * step); axis--)
    length *= extents[axis - 1];
  return { inners: positions(extents.slice(0, axis), steps.slice(0, axis)), length, step };
}

/** The positions of all elements, in row-major order. */
function positions(extents: readonly number[], steps: readonly number[]): Int32Array {
  return extents.reduce<Int32Array>(
    (outer, extent, axis) =>
      sums(
        outer,
        Int32Array.from({ length: extent }, (_, k) => k * steps[axis]),
      ),
    new Int32Array(1),
  );
}

/** Each of the first with each of the second, these fastest. */
function sums(outer: Int32Array, inner: Int32Array): Int32Array {
  const result = new Int32Array(outer.length * inner.length);
  let at = 0;
  for (let i = 0; i < outer.length; i++)
    for (let j = 0; j < inner.length; j++) result[at++] = outer[i] + inner[j];
  return result;
}
