import {
  div,
  grad,
  indexSelect,
  matmul,
  mul,
  neg,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";

/** Newton's constant, in au³ a year² for each mass of the Sun: from Gauss's 0.01720209895 a day. */
export const G = (0.01720209895 * 365.25) ** 2;

/** The energy that bodies have by where they are. `positions` [bodies, 2] in au, `masses` [bodies] in those of the Sun. */
export function potentialEnergy(positions: Tensor, masses: Tensor): Tensor {
  const [first, second] = pairs(masses.shape[0]);
  const between = sub(indexSelect(positions, 0, first), indexSelect(positions, 0, second));
  const distances = sqrt(sum(square(between), { axis: 1 }));
  const products = mul(indexSelect(masses, 0, first), indexSelect(masses, 0, second));
  return mul(-G, sum(div(products, distances)));
}

/** The energy that they have by how they move. `velocities` [bodies, 2] in au a year. */
export const kineticEnergy = (velocities: Tensor, masses: Tensor): Tensor =>
  mul(0.5, matmul(masses, sum(square(velocities), { axis: 1 })));

const slope = grad(potentialEnergy);

/** How bodies are accelerated: whatever the energy, force is its slope downwards. */
export const accelerations = (positions: Tensor, masses: Tensor): Tensor =>
  div(neg(slope(positions, masses)), reshape(masses, [masses.shape[0], 1]));

/** Each pair of bodies once. */
function pairs(bodies: number): [first: Tensor, second: Tensor] {
  const all = Array.from({ length: bodies }, (_, a) => Array.from({ length: a }, (_, b) => [a, b])).flat();
  return [0, 1].map((side) =>
    tensor(
      all.map((pair) => pair[side]),
      { dtype: "i32" },
    ),
  ) as [Tensor, Tensor];
}
