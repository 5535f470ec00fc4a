import {
  backward,
  checkGradients,
  Generator,
  grad,
  mul,
  noGrad,
  randn,
  square,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { gradientLoss } from "../../long-term/keep-gradients.ts";
import { plainReader } from "../../long-term/network.ts";
import { fadingSlowly, spectralRadius } from "../../long-term/smart-init.ts";
import { temporalOrder } from "../../long-term/temporal-order.ts";

describe("the spectral radius", () => {
  it("is that of a rotation, of a diagonal, of what dies out at once", () => {
    expect(
      spectralRadius(
        mul(
          0.9,
          tensor([
            [0.6, -0.8],
            [0.8, 0.6],
          ]),
        ),
      ),
    ).toBeCloseTo(0.9, 5);
    expect(
      spectralRadius(
        tensor([
          [-3, 0],
          [0, 1e-3],
        ]),
      ),
    ).toBeCloseTo(3, 5);
    expect(
      spectralRadius(
        tensor([
          [0, 1e6],
          [0, 0],
        ]),
      ),
    ).toBe(0);
  });

  it("of fresh weights is 0.95, and each unit listens to 15 others", () => {
    const weight = fadingSlowly({ shape: [50, 50], generator: new Generator(5) });
    expect(spectralRadius(weight)).toBeCloseTo(0.95, 4);
    const listened = [...weight.values()].filter((value) => value !== 0).length;
    expect(listened).toBe(50 * 15);
  });
});

describe("keeping gradients", () => {
  it("measures how they change from state to state, as the sweep has found them", () => {
    const reader = plainReader(temporalOrder, new Generator(1));
    reader.watched = true;
    const { inputs, targets } = temporalOrder.draw(new Generator(2), 12, 3);
    backward(temporalOrder.loss(reader.call(inputs), targets));
    const { states, cell } = reader;
    expect(states).toHaveLength(12);
    // The loss reads the last state alone: what comes to a state comes from the next one.
    const norms = states.map(({ grad }) => sum(square(grad as Tensor), { axis: 1 }).values());
    let expected = 0;
    for (let k = 1; k < 12; k++)
      for (let sequence = 0; sequence < 3; sequence++)
        expected += (norms[k - 1][sequence] / norms[k][sequence] - 1) ** 2 / 3;
    expect(gradientLoss(states, cell.hiddenWeight).item()).toBeCloseTo(expected, 4);
  });

  it("has the right derivative by the weights, and none where no gradient is", () => {
    const generator = new Generator(3);
    const draw = (): Tensor => randn(generator, [2, 3], "f64");
    const states = [draw(), draw(), draw()].map((state) => Object.assign(mul(0.3, state), { grad: draw() }));
    const by = (weight: Tensor): Tensor => gradientLoss(states, weight);
    expect(checkGradients(by, randn(generator, [3, 3], "f64"), { order: 1 }).ok).toBe(true);
    const still = states.map((state) => Object.assign(mul(1, state), { grad: zeros([2, 3], "f64") }));
    expect(grad((weight: Tensor) => gradientLoss(still, weight))(zeros([3, 3], "f64")).toArray()).toEqual(
      zeros([3, 3]).toArray(),
    );
  });

  it("watches in training only", () => {
    const reader = plainReader(temporalOrder, new Generator(1)).eval();
    reader.watched = true;
    noGrad(() => reader.call(temporalOrder.draw(new Generator(2), 10, 2).inputs));
    expect(reader.states).toEqual([]);
  });
});
