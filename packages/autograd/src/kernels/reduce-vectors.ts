import { sizeOf } from "../shape.ts";
import { addRun, type FastReduction, maximumRun, minimumRun } from "./reduce.ts";
import { type Walk, walkRuns } from "./strided.ts";
import { reductions, sumOfRows } from "./wasm/rows/reduce.ts";
import { runRows } from "./wasm/rows/run.ts";

/** Numbers that are reduced at once: more of them come in pieces, which stay in the first-level cache. */
const pieceLength = 4096;

/** From so many elements on, what is read of them in vectors pays for the way: *measured*. */
const leastElements = 2048;

/** How the results of pieces are reduced. */
const combine = { sum: addRun, squares: addRun, max: maximumRun, min: minimumRun } as const;

/** Reduces numbers of f32 that lie without gaps, if there are many: those of the innermost axis, or whole rows of that under it. */
export const reduceInVectors: FastReduction = (walk, data, offset, totals, { vectors }) => {
  const size = sizeOf(walk.extents);
  if (size < leastElements || vectors === undefined || !(data instanceof Float32Array)) return false;
  const lying = liesRowMajor(walk) ? walk : asItLies(walk);
  if (lying !== walk && !liesRowMajor(lying)) return false;
  const numbers = data.subarray(offset, offset + size);
  if (lying.steps[0][lying.extents.length - 1] === 0) return reduceRows(lying, numbers, totals, vectors);
  return vectors === "sum" && addRowsUp(lying, numbers, totals);
};

/** The axes in the order in which the numbers lie: a permuted tensor is as good as another. */
function asItLies({ extents, steps }: Walk): Walk {
  const order = extents.map((_, axis) => axis).sort((a, b) => steps[1][b] - steps[1][a]);
  const ordered = (list: readonly number[]): number[] => order.map((axis) => list[axis]);
  return { extents: ordered(extents), steps: steps.map(ordered) };
}

function liesRowMajor({ extents, steps: [, steps] }: Walk): boolean {
  let step = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (steps[axis] !== step) return false;
    step *= extents[axis];
  }
  return true;
}

/** Of each row of the innermost axis what it comes to, and that into the totals. */
function reduceRows(
  { extents, steps: [target] }: Walk,
  numbers: Float32Array,
  totals: Float64Array,
  vectors: keyof typeof reductions,
): boolean {
  const last = extents.length - 1;
  const columns = extents[last];
  const rows = numbers.length / columns;
  // Pieces of one length come first: for rows of thousands of numbers several calls make no difference.
  const length = Math.min(columns, pieceLength);
  const pieces = Math.floor(columns / length);
  const rest = columns - pieces * length;
  if (last === 1 && columns <= pieceLength && target[0] === 1)
    return runRows(reductions[vectors], "f32", { rows, columns, inputs: [numbers], outputs: [totals] });
  const found = new Float64Array(rows * (pieces + (rest === 0 ? 0 : 1)));
  const run = (start: number, count: number, width: number, to: number): boolean =>
    runRows(reductions[vectors], "f32", {
      rows: count,
      columns: width,
      inputs: [numbers.subarray(start, start + count * width)],
      outputs: [found.subarray(to, to + count)],
    });
  if (rest === 0) {
    if (!run(0, rows * pieces, length, 0)) return false;
  } else {
    for (let row = 0, to = 0; row < rows; row++, to += pieces + 1) {
      const start = row * columns;
      if (!run(start, pieces, length, to) || !run(start + pieces * length, 1, rest, to + pieces))
        return false;
    }
  }
  const fold = combine[vectors];
  const perRow = found.length / rows;
  const outer = { extents: extents.slice(0, last), steps: [target.slice(0, last), rowMajor(extents, last)] };
  walkRuns(
    { extents: [...outer.extents, 1], steps: outer.steps.map((each) => [...each, 0]) },
    [0, 0],
    ([to, row]) => {
      totals[to] = fold(totals[to], found, row * perRow, perRow, 1);
    },
  );
  return true;
}

const rowMajor = (extents: readonly number[], count: number): number[] => {
  const steps = new Array<number>(count);
  for (let axis = count - 1, step = 1; axis >= 0; step *= extents[axis--]) steps[axis] = step;
  return steps;
};

/** The longest row that is added to others: with their sum it stays in the first two caches. */
const longestRow = 8192;

/** Adds whole rows up, for each step of what lies above them. */
function addRowsUp(
  { extents, steps: [target, steps] }: Walk,
  numbers: Float32Array,
  totals: Float64Array,
): boolean {
  const last = extents.length - 1;
  const [rows, columns] = [extents[last - 1], extents[last]];
  if (target[last - 1] !== 0 || target[last] !== 1 || columns > longestRow || rows * columns < leastElements)
    return false;
  if (last === 1) return runRows(sumOfRows, "f32", { rows, columns, inputs: [numbers], outputs: [totals] });
  const sums = new Float64Array(columns);
  let done = true;
  const above = { extents: extents.slice(0, last), steps: [target.slice(0, last), steps.slice(0, last)] };
  above.extents[last - 1] = 1;
  walkRuns(above, [0, 0], ([to, from]) => {
    const inputs = [numbers.subarray(from, from + rows * columns)];
    done &&= runRows(sumOfRows, "f32", { rows, columns, inputs, outputs: [sums] });
    if (!done) return;
    for (let j = 0; j < columns; j++) totals[to + j] += sums[j];
  });
  return done;
}
