/** A number and how far off it may be. */
export interface Estimate {
  readonly value: number;
  readonly bar: number;
}

/** Nothing is known. */
export const unknown: Estimate = { value: Number.NaN, bar: Number.POSITIVE_INFINITY };

// Neighbours of a tableau can agree by chance, and the best of all entries is picked: what they differ by is doubled.
const safety = 2;

/**
 * The limit of a sequence whose step halves from row to row, by Richardson's tableau.
 *
 * The bar is the larger of the differences to the entries an order below, which is what Ridders minimises, and the rounding noise of the
 * rows as the extrapolation amplifies it. The entry with the smallest bar wins; rows of smaller steps that contradict it widen its bar.
 *
 * @param rows  difference quotients, one a step; all finite
 * @param noise how far off each row may be by rounding alone
 * @param power 1 if the error is a series in all powers of the step, 2 if in the even ones
 * @see Ridders 1982, "Accurate computation of F'(x) and F'(x)F''(x)"
 */
export function extrapolate(rows: readonly number[], noise: readonly number[], power: 1 | 2): Estimate {
  const sharpest: Estimate[] = [];
  let [above, aboveNoise]: number[][] = [[], []];
  for (let row = 0; row < rows.length; row++) {
    const [line, lineNoise] = [[rows[row]], [noise[row]]];
    let best = unknown;
    for (let order = 1; order <= row; order++) {
      const factor = 2 ** (power * order) - 1;
      const value = line[order - 1] + (line[order - 1] - above[order - 1]) / factor;
      const amplified = lineNoise[order - 1] + (lineNoise[order - 1] + aboveNoise[order - 1]) / factor;
      const spread = Math.max(Math.abs(value - line[order - 1]), Math.abs(value - above[order - 1]));
      const bar = safety * spread + amplified;
      if (bar < best.bar) best = { value, bar };
      line.push(value);
      lineNoise.push(amplified);
    }
    sharpest.push(best);
    [above, aboveNoise] = [line, lineNoise];
  }
  return widened(sharpest);
}

/** The sharpest of the estimates, with a bar that reaches those of smaller steps. */
function widened(estimates: readonly Estimate[]): Estimate {
  let sharpest = unknown;
  let bar = unknown.bar;
  for (const estimate of estimates) {
    if (estimate.bar < sharpest.bar) [sharpest, bar] = [estimate, estimate.bar];
    else if (sharpest !== unknown)
      bar = Math.max(bar, Math.abs(estimate.value - sharpest.value) - estimate.bar);
  }
  return { value: sharpest.value, bar };
}
