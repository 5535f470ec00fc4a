import { add, backward, cos, matmul, mul, parameter, pow, sum, type Tensor } from "@isograd/autograd";
import { Adam, type OptimizerClass, SGD } from "@isograd/nn";
import { it } from "vitest";
import { expectNumbers, type Packed, readCases, unpack } from "../reference/cases.ts";

interface OptimizerCase {
  readonly name: "SGD" | "Adam";
  readonly options: Readonly<Record<string, never>>;
  readonly A: Packed;
  readonly x0: Packed;
  readonly y0: Packed;
  readonly losses: readonly number[];
  readonly after: Readonly<Record<string, { readonly x: readonly number[]; readonly y: readonly number[] }>>;
}

/** ½ x A x + Σ ½ cos y + 0.1 Σ y⁴ + 0.05 Σx Σy */
function objective(A: Tensor, x: Tensor, y: Tensor): Tensor {
  const quadratic = mul(0.5, matmul(matmul(x, A), x));
  const waves = add(sum(mul(0.5, cos(y))), mul(0.1, sum(pow(y, 4))));
  return add(add(quadratic, waves), mul(0.05, mul(sum(x), sum(y))));
}

const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const optimizers: Record<OptimizerCase["name"], OptimizerClass<never, unknown>> = { SGD, Adam };

it.each(readCases<OptimizerCase>("optimizers.json"))(
  "$name $options takes PyTorch's twenty steps",
  (example) => {
    const A = unpack(example.A);
    const [x, y] = [parameter(unpack(example.x0)), parameter(unpack(example.y0))];
    const { lr, ...others } = example.options;
    const options = Object.fromEntries(
      Object.entries(others).map(([name, value]) => [camelCase(name), value]),
    );
    const optimizer = new optimizers[example.name]([x, y], { ...options, learningRate: lr } as never);
    example.losses.forEach((expected, k) => {
      optimizer.zeroGrad();
      const loss = objective(A, x, y);
      expectNumbers([loss.item()], [expected], 1e-8, 0);
      backward(loss);
      optimizer.step();
      const after = example.after[k + 1];
      if (after === undefined) return;
      expectNumbers(x.values(), after.x, 1e-8, 1e-12);
      expectNumbers(y.values(), after.y, 1e-8, 1e-12);
    });
  },
);
