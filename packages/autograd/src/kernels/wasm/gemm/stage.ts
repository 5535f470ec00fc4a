import type { Row } from "../../matrix.ts";

type Numbers = Float32Array | Float64Array;

/** A direction in a matrix: how many steps, and how far each leads. */
export interface Direction {
  readonly count: number;
  readonly stride: number;
}

/** Where a kernel finds a block of a matrix; in bytes. */
export interface Staged {
  readonly address: number;
  readonly acrossStride: number;
  readonly deepStride: number;
}

/** Shorter lines are copied faster number by number: *measured*. */
const shortLine = 24;

/**
 * Copies a block of a matrix to where a kernel can read it, with its numbers in the order in which they are copied fastest.
 *
 * @param memory  the kernel's memory, in numbers of the type that the kernel computes with
 * @param address room for all numbers of the block
 * @param start   the position of the block's first number in `data`
 */
export function stage(
  memory: Numbers,
  address: number,
  data: Numbers,
  start: number,
  across: Direction,
  deep: Direction,
): Staged {
  const width = memory.BYTES_PER_ELEMENT;
  const [a, d] = [withoutRepeats(across), withoutRepeats(deep)];
  const linesAreDeep = d.stride === 1 || (a.stride !== 1 && d.count > 1);
  const [lines, line] = linesAreDeep ? [a, d] : [d, a];
  copyLines(memory, address / width, data, start, lines, line);
  const lineWidth = line.count * width;
  return {
    address,
    acrossStride: across.stride === 0 ? 0 : linesAreDeep ? lineWidth : width,
    deepStride: deep.stride === 0 ? 0 : linesAreDeep ? width : lineWidth,
  };
}

/** A direction that stands still needs one copy. */
function withoutRepeats({ count, stride }: Direction): Direction {
  return { count: stride === 0 ? Math.min(count, 1) : count, stride };
}

/** Copies lines to stand end to end. */
function copyLines(
  to: Numbers,
  toStart: number,
  from: Numbers,
  fromStart: number,
  lines: Direction,
  line: Direction,
): void {
  const size = lines.count * line.count;
  const isUnbroken = line.stride === 1 || line.count === 1;
  if (isUnbroken && (lines.stride === line.count || lines.count === 1)) {
    to.set(
      fromStart === 0 && size === from.length ? from : from.subarray(fromStart, fromStart + size),
      toStart,
    );
    return;
  }
  for (let l = 0; l < lines.count; l++) {
    const start = fromStart + l * lines.stride;
    const target = toStart + l * line.count;
    if (isUnbroken && line.count >= shortLine) to.set(from.subarray(start, start + line.count), target);
    else for (let i = 0; i < line.count; i++) to[target + i] = from[start + i * line.stride];
  }
}

/** From here on an array copies faster than a loop does. */
const shortRun = 32;

/** Copies numbers that lie side by side. */
export function copyNumbers(
  to: Numbers,
  toStart: number,
  from: Numbers,
  fromStart: number,
  count: number,
): void {
  if (count < shortRun) for (let i = 0; i < count; i++) to[toStart + i] = from[fromStart + i];
  else if (count === from.length) to.set(from, toStart);
  else to.set(from.subarray(fromStart, fromStart + count), toStart);
}

/** Copies a row to where it lies side by side. */
export function copyRow(
  to: Numbers,
  toStart: number,
  { data, offset, stride }: Row<Numbers>,
  count: number,
): void {
  if (stride === 1) copyNumbers(to, toStart, data, offset, count);
  else for (let i = 0; i < count; i++) to[toStart + i] = data[offset + i * stride];
}
