import { add, Generator, matmul, mul, parameter, randn, relu, sum, type Tensor } from "@isograd/autograd";
import { expect, it } from "vitest";
import { chainOf, relativeLogs } from "../../src/flow/chain.ts";
import { trace } from "../../src/trace/trace.ts";

const generator = new Generator(1);
const weights = (...shape: number[]): Tensor => parameter(randn(generator, shape));
const inputs = randn(generator, [5, 3]);
const [trunk, left, right] = [weights(3, 4), weights(4, 2), weights(4, 2)];

/** The loss of two heads on one trunk, with a factor on each. */
function twoHeads(leftFactor: number, rightFactor: number) {
  const model = (x: Tensor): Tensor => {
    const features = relu(matmul(x, trunk));
    return add(mul(sum(matmul(features, left)), leftFactor), mul(sum(matmul(features, right)), rightFactor));
  };
  return trace({ model, batch: { inputs, targets: inputs }, loss: (y) => y }).contractions;
}

it("comes down from the head with the largest gradient, wherever it ran", () => {
  expect(chainOf(twoHeads(1, 1e-6)).map(({ weightSource }) => weightSource)).toEqual([trunk, left]);
  expect(chainOf(twoHeads(1e-6, 1)).map(({ weightSource }) => weightSource)).toEqual([trunk, right]);
});

it("ignores a head that no example of the batch asks for", () => {
  const chain = chainOf(twoHeads(1, 0));
  expect(chain.map(({ weightSource }) => weightSource)).toEqual([trunk, left]);
  expect(relativeLogs(chain).every(Number.isFinite)).toBe(true);
});

it("is empty where no gradient flows to a product", () => {
  const bias = parameter([1, 2, 3]);
  const model = (x: Tensor): Tensor => sum(add(x, bias));
  const { contractions } = trace({ model, batch: { inputs, targets: inputs }, loss: (y) => y });
  expect(chainOf(contractions)).toEqual([]);
  expect(relativeLogs([])).toEqual([]);
});
