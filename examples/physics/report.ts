import { checkGradients, corrcoef, select, stack, type Tensor, tensor } from "@isograd/autograd";
import { type Assumptions, of1845 } from "./assumptions.ts";
import { driftOfEnergy } from "./energy.ts";
import { neptuneIn } from "./ephemeris.ts";
import { misfit, residualsOf, startingFrom } from "./explain.ts";
import { type LeastSquares, leastSquares } from "./least-squares.ts";
import { excessesIn, type Unknowns, unseenPlanet, whereToLook } from "./model.ts";
import { discovery, fitted, flamsteed, leftByAdams, modern } from "./observations.ts";
import { ellipseOf, within360 } from "./orbit.ts";
import { covarianceAt, linearCovariance, spreadOf } from "./uncertainty.ts";

export type Print = (line: string) => void;

/** A planet in one line. */
export function describe(unknowns: Unknowns): string {
  const { elements, mass } = unseenPlanet(unknowns);
  const { a, e } = ellipseOf(elements);
  const direction = within360(whereToLook(unknowns).item());
  return `at ${a.toFixed(1)} au, e ${e.toFixed(3)}, 1/${(1 / mass.item()).toFixed(0)} of the Sun, in 1846 at ${direction.toFixed(1)}°`;
}

/** The best explanation beside the planet that was found, and an observation that was kept out. */
export function compare(residuals: (point: Tensor) => Tensor, { point }: LeastSquares, print: Print): void {
  const covariance = covarianceAt(residuals, point);
  const row = (what: string, value: number, spread: number, digits: number, real: string): void =>
    print(
      `  ${what.padEnd(44)}${`${value.toFixed(digits)} ± ${spread.toFixed(digits)}`.padStart(16)}${real.padStart(12)}`,
    );
  const { elements, mass } = unseenPlanet(point);
  const { a, e } = ellipseOf(elements);
  const earlier = excessesIn([flamsteed.year]);
  const spread = (f: (unknowns: Unknowns) => Tensor): number => spreadOf(f, point, covariance).item();
  const parts = covariance.values();
  const deviation = (k: number): number => Math.sqrt(parts[k * 10]);
  print(
    `\n  ${"the unseen planet, ± one standard deviation".padEnd(44)}${"from Uranus".padStart(16)}${"Neptune".padStart(12)}`,
  );
  row("half major axis, au", a, deviation(4), 1, "30.1");
  row("eccentricity", e, Math.max(deviation(5), deviation(6)), 3, "0.009");
  const inverse = 1 / mass.item();
  row("mass of the Sun over its mass", inverse, inverse * deviation(8), 0, "19412");
  const { longitude } = neptuneIn(discovery);
  row(
    "longitude on 23 September 1846, degrees",
    within360(whereToLook(point).item()),
    spread(whereToLook),
    1,
    longitude.toFixed(1),
  );
  print(`  ${"not fitted: Uranus in 1690, ″ ahead".padEnd(44)}${"".padStart(16)}${"Flamsteed".padStart(12)}`);
  row("", earlier(point).item(), spread(earlier), 0, flamsteed.excess.toFixed(0));
}

/** What Uranus can say of a planet whose distance is taken for known, and whose orbit may be as oval as it likes. */
export function otherDistances(print: Print): void {
  print("\n  were the distance known, and any eccentricity as likely:");
  for (const likely of [30.1, 34, 38.8]) {
    const assumptions: Assumptions = { ...of1845, distance: { likely, spread: 1e-4 }, eccentricity: 1 };
    const found = leastSquares(residualsOf(fitted, assumptions), startingFrom(330, assumptions));
    print(`    Σ² = ${found.squares.toFixed(1)}, ${describe(found.point)}`);
  }
}

/** What the explanation rests on, found in another way. */
export function check(residuals: (point: Tensor) => Tensor, best: LeastSquares, print: Print): void {
  print("\n  checks");
  const report = checkGradients(misfit(fitted), startingFrom(330, of1845), { order: 1 });
  print(
    `  derivatives against differences: ${report.ok ? "right" : "wrong"}, ${report.failures.length} failures`,
  );
  print(
    `  energy over 1,000 years: changes by ${driftOfEnergy(best.point, 1000).toExponential(0)} of itself at most`,
  );
  const [whole, linear] = [covarianceAt(residuals, best.point), linearCovariance(best)].map((covariance) =>
    spreadOf(whereToLook, best.point, covariance).item().toFixed(1),
  );
  print(
    `  the direction by second derivatives: ± ${whole}°; by first ones, as if all were linear: ± ${linear}°`,
  );
  print(
    `  what the planet leaves unexplained, against what Adams's left: correlation ${likenessToAdams(best.point).toFixed(2)}`,
  );
}

/** The correlation of what a planet leaves of the modern observations with what Adams's did: both left with the errors of the same observers. */
export function likenessToAdams(point: Tensor): number {
  const pairs = stack([misfit(modern)(point), tensor([...leftByAdams], { dtype: "f64" })]);
  return select(select(corrcoef(pairs), 0, 0), 0, 1).item();
}
