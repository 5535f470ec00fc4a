import { addRun, type FastReduction } from "./reduce.ts";

/** Adds the rows of a matrix up, four at a time: the totals are read and written a quarter as often. */
export const sumRows: FastReduction = (
  { extents: [rows, columns], steps: [target, steps] },
  data,
  offset,
  totals,
  { fold },
) => {
  if (fold !== addRun || target.length !== 2 || target[0] !== 0 || target[1] !== 1) return false;
  const [rowStep, step] = steps;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const [a, b] = [offset + row * rowStep, offset + (row + 1) * rowStep];
    const [c, d] = [b + rowStep, b + 2 * rowStep];
    for (let j = 0; j < columns; j++) {
      const at = j * step;
      totals[j] += data[a + at] + data[b + at] + data[c + at] + data[d + at];
    }
  }
  for (; row < rows; row++) {
    const start = offset + row * rowStep;
    for (let j = 0; j < columns; j++) totals[j] += data[start + j * step];
  }
  return true;
};
