import { denseData, type Strided } from "./strided.ts";

/** Windows along one axis: window k sees the positions from `firsts[k]` (inclusive) to `ends[k]` (exclusive) in steps of `step`. */
export interface Spans {
  readonly firsts: readonly number[];
  readonly ends: readonly number[];
  readonly step: number;
}

const single: Spans = { firsts: [0], ends: [1], step: 1 };

/**
 * The position of the largest element of each window over the last axes (three at most), counted row-major within these axes.
 *
 * The first of equals; a NaN counts as the largest.
 */
export function windowArgMaximum(x: Strided, spans: readonly Spans[]): Int32Array {
  const data = denseData(x);
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
