import { IsogradError } from "../errors.ts";

const order = 20;
const mostPanels = 20_000;

/** Nodes and weights of the Gauss-Legendre rule on [-1, 1], by Newton's method on the Legendre polynomial. */
function legendreRule(): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let iteration = 0; iteration < 100; iteration++) {
      let [previous, value] = [1, x];
      for (let n = 2; n <= order; n++) [previous, value] = [value, ((2 * n - 1) * x * value - (n - 1) * previous) / n];
      slope = (order * (x * value - previous)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

let rule: ReturnType<typeof legendreRule> | undefined;

/**
 * The integral of `f` over the intervals between ascending `limits`, adaptively to a relative error of about 1e-14.
 *
 * The function may have kinks or jumps at the limits only. Each panel is halved until 20 Gauss-Legendre nodes on it agree with 40 on its halves.
 *
 * @throws IsogradError if the function is NaN somewhere or does not settle
 */
export function integrate(f: (x: number) => number, limits: readonly number[]): number {
  rule ??= legendreRule();
  const { nodes, weights } = rule;
  const panel = (low: number, high: number): number => {
    const [middle, half] = [(low + high) / 2, (high - low) / 2];
    let sum = 0;
    for (let i = 0; i < order; i++) sum += weights[i] * f(middle + half * nodes[i]);
    return sum * half;
  };
  const stack: [low: number, high: number, estimate: number][] = [];
  let scale = 0;
  for (let k = 0; k + 1 < limits.length; k++) {
    if (limits[k + 1] <= limits[k]) continue;
    const estimate = panel(limits[k], limits[k + 1]);
    scale += Math.abs(estimate);
    stack.push([limits[k], limits[k + 1], estimate]);
  }
  let total = 0;
  for (let panels = 0; stack.length > 0; panels++) {
    const [low, high, estimate] = stack.pop() as [number, number, number];
    const middle = (low + high) / 2;
    const [left, right] = [panel(low, middle), panel(middle, high)];
    const refined = left + right;
    if (Number.isNaN(refined)) throw new IsogradError(`integrate: the function is NaN between ${low} and ${high}`);
    if (!Number.isFinite(refined)) return refined;
    if (Math.abs(refined - estimate) <= 1e-15 * scale + 1e-14 * Math.abs(refined) || middle === low || middle === high) total += refined;
    else if (panels > mostPanels) throw new IsogradError(`integrate: the integral does not settle near ${middle}`);
    else stack.push([low, middle, left], [middle, high, right]);
  }
  return total;
}

const furthest = 38;

/**
 * E g(√q z) for z ~ N(0, 1).
 *
 * @param g     grows less than exp(x²/2q), else the result is infinite or an error
 * @param kinks where g has kinks or jumps
 */
export function gaussianMean(g: (x: number) => number, q: number, kinks: readonly number[]): number {
  const deviation = Math.sqrt(q);
  if (deviation === 0) return g(0);
  const splits = [...kinks.map((kink) => kink / deviation), -furthest, -8, -4, -2, -1, 0, 1, 2, 4, 8, furthest];
  const limits = [...new Set(splits.filter((z) => Math.abs(z) <= furthest))].sort((a, b) => a - b);
  const normalizer = 1 / Math.sqrt(2 * Math.PI);
  return integrate((z) => {
    const weight = normalizer * Math.exp((-z * z) / 2);
    return weight === 0 ? 0 : weight * g(deviation * z);
  }, limits);
}
