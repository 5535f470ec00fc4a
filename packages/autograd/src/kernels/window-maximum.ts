import { dtypeOf, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { imageRuns, isPadded, reachOf, type Slide } from "./convolution/geometry.ts";
import { inArena, wholeOf } from "./convolution/workspace.ts";
import { denseData, type Strided } from "./strided.ts";
import { type Arena, sharedArena } from "./wasm/arena.ts";
import { maximumKernels } from "./wasm/windows/kernels.ts";

/** Windows along one axis: window k sees the positions from `firsts[k]` (inclusive) to `ends[k]` (exclusive) in steps of `step`. */
export interface Spans {
  readonly firsts: readonly number[];
  readonly ends: readonly number[];
  readonly step: number;
  /** The same where all windows have one size, and reach beyond the ends. */
  readonly slide?: Slide;
}

const single: Spans = { firsts: [0], ends: [1], step: 1 };

/**
 * The position of the largest element of each window over the last axes (three at most), counted row-major within these axes.
 *
 * The first of equals; a NaN counts as the largest.
 */
export function windowArgMaximum(x: Strided, spans: readonly Spans[], arena = sharedArena): Int32Array {
  const data = denseData(x);
  return fastArgMaximum(data, spans, arena) ?? plainArgMaximum(x, data, spans);
}

/** With fewer elements, plain loops are done before the copies. */
const leastElements = 256;

/** Bytes of the planes that are dealt with at once. */
const blockBytes = 65_536;

/** What a kernel may write behind the result, and read behind the images for each step between windows, in numbers. */
const slack = 8;

/** By the kernel, where windows are of one size and there are two axes at most; else null. */
function fastArgMaximum(
  data: TypedArray,
  spans: readonly Spans[],
  findArena: () => Arena | null,
): Int32Array | null {
  const slides = spans.map(({ slide }) => slide);
  if (slides.length > 2 || data.length < leastElements || !slides.every(isUndilated)) return null;
  const dtype = dtypeOf(data);
  if (dtype !== "f32" && dtype !== "f64") return null;
  const bytes = data.BYTES_PER_ELEMENT;
  const arena = findArena();
  const kernels = arena === null ? null : maximumKernels(arena, dtype);
  const across = slides[slides.length - 1];
  // One window a row would leave most of a vector empty.
  if (kernels === null || across.count < 2) return null;
  const down = slides.length === 2 ? slides[0] : flat;
  const extents = [down.extent, across.extent];
  const [size, windows] = [sizeOf(extents), down.count * across.count];
  const reach = reachOf([down, across]);
  const planes = data.length / size;
  const together = Math.min(planes, Math.ceil(blockBytes / (bytes * sizeOf(reach))));
  const out = new Int32Array(planes * windows);
  const done = inArena(arena, dtype, (workspace, { memory }) => {
    const padded = isPadded([down, across]);
    const placed = padded ? workspace.place(imageRuns([down, across], together)) : null;
    const staged = workspace.room(padded ? together * size : 0);
    const images = workspace.room(together * sizeOf(reach) + slack * across.stride);
    const found = workspace.room(together * windows + slack);
    images.data.fill(-Infinity, images.start, images.start + together * sizeOf(reach));
    const indices = new Int32Array(memory.buffer, found.start * bytes, together * windows);
    for (let first = 0; first < planes; first += together) {
      const count = Math.min(together, planes - first);
      const target = placed === null ? images : staged;
      target.data.set(data.subarray(first * size, (first + count) * size), target.start);
      if (placed !== null) workspace.spread(images, staged, placed, wholeOf(placed.runs));
      kernels.argMaximum(
        images.start * bytes,
        found.start * bytes,
        count,
        bytes * sizeOf(reach),
        bytes * reach[1],
        across.extent,
        down.count,
        across.count,
        down.size,
        across.size,
        down.stride,
        across.stride,
        down.before,
        across.before,
      );
      out.set(indices.subarray(0, count * windows), first * windows);
    }
  });
  return done ? out : null;
}

const flat: Slide = { extent: 1, size: 1, dilation: 1, stride: 1, count: 1, before: 0 };

const isUndilated = (slide: Slide | undefined): slide is Slide => slide?.dilation === 1;

function plainArgMaximum(x: Strided, data: TypedArray, spans: readonly Spans[]): Int32Array {
  const missing = new Array<Spans>(3 - spans.length).fill(single);
  const extents = [...missing.map(() => 1), ...x.shape.slice(x.shape.length - spans.length)];
  const [depths, rows, columns] = [...missing, ...spans];
  const [height, width] = [extents[1], extents[2]];
  const volume = extents[0] * height * width;
  const counts = [depths, rows, columns].map(({ firsts }) => firsts.length);
  const planes = volume === 0 ? 0 : data.length / volume;
  const out = new Int32Array(planes * counts[0] * counts[1] * counts[2]);
  const starts = Int32Array.from(columns.firsts);
  const ends = Int32Array.from(columns.ends);
  const [deepStep, rowStep, step] = [depths.step, rows.step, columns.step];
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * volume;
    for (let a = 0; a < counts[0]; a++) {
      const [front, back] = [depths.firsts[a], depths.ends[a]];
      for (let b = 0; b < counts[1]; b++) {
        const [top, bottom] = [rows.firsts[b], rows.ends[b]];
        const corner = base + (front * height + top) * width;
        for (let c = 0; c < starts.length; c++) {
          const left = starts[c];
          const right = ends[c];
          let winner = corner + left;
          let best = data[winner];
          for (let i = front; i < back; i += deepStep) {
            for (let j = top; j < bottom; j += rowStep) {
              const line = base + (i * height + j) * width;
              for (let k = line + left; k < line + right; k += step) {
                const candidate = data[k];
                if (candidate > best || candidate !== candidate) {
                  best = candidate;
                  winner = k;
                }
              }
            }
          }
          out[at++] = winner - base;
        }
      }
    }
  }
  return out;
}
