import { concat, div, sub, type Tensor, tensor, zeros } from "@isograd/autograd";
import { type Assumptions, surprise } from "./assumptions.ts";
import { type LeastSquares, leastSquares } from "./least-squares.ts";
import { excessesIn, type Unknowns } from "./model.ts";
import { discovery, epoch, type Observation } from "./observations.ts";
import { degree } from "./orbit.ts";

/** How far what was observed is from what the unknowns say, in standard deviations: [observations]. */
export function misfit(
  observations: readonly Observation[],
): (unknowns: Unknowns, isDisturbed?: boolean) => Tensor {
  const excesses = excessesIn(observations.map(({ year }) => year));
  const seen = tensor(
    observations.map(({ excess }) => excess),
    { dtype: "f64" },
  );
  const sigmas = tensor(
    observations.map(({ sigma }) => sigma),
    { dtype: "f64" },
  );
  return (unknowns, isDisturbed) => div(sub(seen, excesses(unknowns, isDisturbed)), sigmas);
}

/** All that is to be small: how far observations, and the planet from what is assumed of it, are off. */
export function residualsOf(
  observations: readonly Observation[],
  assumptions: Assumptions,
): (unknowns: Unknowns) => Tensor {
  const [seen, assumed] = [misfit(observations), surprise(assumptions)];
  return (unknowns) => concat([seen(unknowns), assumed(unknowns)]);
}

/** A planet as it is assumed, in a circle, that stands in some direction on the night of the discovery; Uranus as it was thought to be. */
export function startingFrom(direction: number, { distance, mass }: Assumptions): Unknowns {
  const meanMotion = 360 / distance.likely ** 1.5;
  const longitude = (direction - meanMotion * (discovery - epoch)) * degree;
  return tensor([0, 0, 0, 0, distance.likely, 0, 0, longitude, Math.log(mass.likely)], { dtype: "f64" });
}

/** The best that corrections to the orbit of Uranus alone can do. */
export function withoutPlanet(observations: readonly Observation[]): LeastSquares {
  const seen = misfit(observations);
  const nobody = zeros([5], "f64");
  return leastSquares((corrections) => seen(concat([corrections, nobody]), false), zeros([4], "f64"));
}

/** The explanations that are found from planets in so many directions, each once, the best first. */
export function search(
  residuals: (unknowns: Unknowns) => Tensor,
  assumptions: Assumptions,
  directions: readonly number[],
): LeastSquares[] {
  const found: LeastSquares[] = [];
  for (const direction of directions) {
    const next = leastSquares(residuals, startingFrom(direction, assumptions));
    if (found.every(({ squares }) => Math.abs(squares - next.squares) > 1e-3 * squares)) found.push(next);
  }
  return found.sort((a, b) => a.squares - b.squares);
}
