import {
  grad,
  hessian,
  matmul,
  parameter,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  vmap,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import { watch } from "../../src/index.ts";

it("watching leaves gradients one by one alone, and counts them as no steps", () => {
  const weight = parameter([
    [1, 2],
    [3, 4],
  ]);
  const loss = (w: Tensor, x: Tensor): Tensor => sum(square(tanh(matmul(x, w))));
  const perExample = vmap(grad(loss), { inAxes: [null, 0] });
  const run = (): unknown => [
    perExample(weight, tensor([[[0.1, 0.2]], [[0.3, 0.4]]])).toArray(),
    hessian((x: Tensor) => loss(weight, x))(tensor([[0.1, 0.2]])).toArray(),
  ];
  const alone = run();
  using watcher = watch();
  expect(perExample(weight, tensor([[[0.1, 0.2]], [[0.3, 0.4]]])).shape).toEqual([2, 2, 2]);
  expect(watcher.history).toHaveLength(0);
  expect(run()).toEqual(alone);
});
