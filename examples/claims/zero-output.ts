import { add, backward, Generator, matmul, parameter, relu, sum, tensor } from "@isograd/autograd";
import type { Claim, Measurement } from "./claim.ts";
import { gradientFactors } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

/** |gradient| of the weights in the article's example, put right: f(W x + b) with W [1, 2], x [2, 1], b [1], all drawn from N(0, 1). */
function exampleGradient(generator: Generator): { before: number; norm: number } {
  const draw = (count: number): number[] => Array.from({ length: count }, () => generator.normal());
  const weight = parameter([draw(2)]);
  const [bias, input] = [draw(1), draw(2)];
  const before = add(matmul(weight, tensor(input.map((value) => [value]))), tensor(bias));
  backward(sum(relu(before)));
  return { before: before.item(), norm: Math.hypot(...(weight.grad?.values() ?? [])) };
}

export const zeroOutput: Claim = {
  section: "4.1",
  statement: "If the input of a ReLU is negative its output is 0, and that makes the gradient explode.",
  theory:
    "Where the output is 0 ReLU's slope is 0 as well: exactly nothing passes. Units that are 0 for every example are dead, the opposite of an explosion.",
  experiment: (laboratory) => {
    const drawn = laboratory.seeds.map((seed) =>
      Array.from({ length: 200 }, (_, k) => exampleGradient(new Generator(`${seed}/example/${k}`))),
    );
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const side = (isZero: boolean): number[] =>
      drawn.map((examples) =>
        mean(examples.filter(({ before }) => before < 0 === isZero).map(({ norm }) => norm)),
      );
    const factors = (bias: number): number[] =>
      gradientFactors(laboratory, laboratory.tasks.digits, { build: plain({ bias }) });
    const usual = factors(0);
    const positive = side(false);
    return [
      {
        setting: "the article's example of one unit, put right",
        quantity: "|gradient| where the output is 0 over that where it is not",
        values: side(true).map((norm, k) => norm / positive[k]),
        claimed: { above: 1 },
      },
      ...[-0.3, -1, -3].map(
        (bias): Measurement => ({
          setting: `12 layers of ReLU, more outputs of 0 by biases of ${bias}`,
          quantity: "|gradient| at the first layer over that at the last, over that with biases 0",
          values: factors(bias).map((factor, k) => factor / usual[k]),
          isFactor: true,
          claimed: { above: 1 },
        }),
      ),
    ];
  },
};
