import { IsogradError } from "../errors.ts";

/** Nodes of the Kronrod rule with 21 points on [-1, 1], outermost first; every second one belongs to the Gauss rule with 10. */
const nodes = [
  0.9956571630258081, 0.9739065285171717, 0.9301574913557082, 0.8650633666889845, 0.7808177265864169,
  0.6794095682990244, 0.5627571346686047, 0.4333953941292472, 0.2943928627014602, 0.14887433898163122,
];
const kronrodWeights = [
  0.011694638867371874, 0.032558162307964725, 0.054755896574351995, 0.07503967481091996, 0.0931254545836976,
  0.10938715880229764, 0.12349197626206584, 0.13470921731147334, 0.14277593857706009, 0.14773910490133849,
];
const kronrodCentre = 0.1494455540029169;
const gaussWeights = [
  0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635, 0.29552422471475287,
];

interface Panel {
  readonly low: number;
  readonly high: number;
  readonly integral: number;
  /** The integral of the absolute value: what rounding errors are relative to. */
  readonly magnitude: number;
  readonly error: number;
}

/**
 * The integral of `f` over [points[0], points[last]], with an error of about 1e-14 of the integral of |f|.
 *
 * Bisects the worst panel until the estimates of the Gauss-Kronrod pair (10, 21) are small enough together. Kinks and jumps of `f` belong
 * among the points, else they cost about 40 bisections each. Infinite values of `f` make the result infinite or NaN.
 *
 * @param points ascending; the ends and the places to split at
 * @throws IsogradError if the error stays above 1e-10 of the integral of |f| after 4000 bisections
 * @see Piessens et al. 1983, "QUADPACK"; Laurie 1997, "Calculation of Gauss-Kronrod quadrature rules"
 */
export function integrate(f: (x: number) => number, points: readonly number[]): number {
  const panels: Panel[] = [];
  for (let i = 1; i < points.length; i++)
    if (points[i - 1] < points[i]) panels.push(panelOf(f, points[i - 1], points[i]));
  for (let bisections = 0; ; bisections++) {
    let error = 0;
    let magnitude = 0;
    let worst = 0;
    for (let i = 0; i < panels.length; i++) {
      error += panels[i].error;
      magnitude += panels[i].magnitude;
      if (panels[i].error > panels[worst].error) worst = i;
    }
    if (!(error > 1e-14 * magnitude) || magnitude === Infinity) break;
    const { low, high } = panels[worst];
    const middle = low + (high - low) / 2;
    if (bisections === 4000) {
      if (error <= 1e-10 * magnitude) break;
      throw new IsogradError(
        `integrate: the function is not integrable between the points, it does not settle near ${middle}`,
      );
    }
    panels[worst] = panelOf(f, low, middle);
    panels.push(panelOf(f, middle, high));
  }
  panels.sort((a, b) => a.magnitude - b.magnitude); // small ones first: fewer digits lost
  return panels.reduce((sum, panel) => sum + panel.integral, 0);
}

function panelOf(f: (x: number) => number, low: number, high: number): Panel {
  const half = (high - low) / 2;
  const centre = low + half;
  const middle = f(centre);
  const values = new Float64Array(20); // of its own: f may itself integrate
  let kronrod = kronrodCentre * middle;
  let magnitude = kronrodCentre * Math.abs(middle);
  let gauss = 0;
  for (let k = 0; k < 10; k++) {
    const left = f(centre - half * nodes[k]);
    const right = f(centre + half * nodes[k]);
    values[2 * k] = left;
    values[2 * k + 1] = right;
    kronrod += kronrodWeights[k] * (left + right);
    magnitude += kronrodWeights[k] * (Math.abs(left) + Math.abs(right));
    if (k % 2 === 1) gauss += gaussWeights[(k - 1) / 2] * (left + right);
  }
  const average = kronrod / 2;
  let roughness = kronrodCentre * Math.abs(middle - average);
  for (let k = 0; k < 10; k++)
    roughness +=
      kronrodWeights[k] * (Math.abs(values[2 * k] - average) + Math.abs(values[2 * k + 1] - average));
  const difference = Math.abs(kronrod - gauss);
  const divisible = low < centre && centre < high;
  const estimate = roughness * Math.min(1, ((200 * difference) / roughness) ** 1.5);
  return {
    low,
    high,
    integral: kronrod * half,
    magnitude: magnitude * half,
    error: divisible && difference > 0 ? estimate * half : 0,
  };
}
