import { expect, it } from "vitest";
import {
  add,
  backward,
  grad,
  graphNodes,
  mul,
  parameter,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { Edges } from "../../src/tensor/edges.ts";

/** A chain in which each number goes two ways: whoever followed each way would never end. */
function chain(x: Tensor, pairs: number): Tensor {
  let y = x;
  for (let k = 0; k < pairs; k++) y = add(mul(y, 0.5), mul(y, 0.25));
  return y;
}

/** How often edges are looked at while `f` runs. */
function looks(f: () => void): number {
  const { source } = Edges.prototype;
  let count = 0;
  Edges.prototype.source = function (this: Edges<unknown, object>, position: number) {
    count++;
    return source.call(this, position);
  };
  try {
    f();
  } finally {
    Edges.prototype.source = source;
  }
  return count;
}

it.each<[string, number, (pairs: number) => () => void]>([
  ["backward", 3, (pairs) => () => backward(chain(parameter(tensor(1)), pairs))],
  ["grad", 3.5, (pairs) => () => grad((x: Tensor) => chain(x, pairs))(tensor(1))],
  [
    "grad of grad",
    11,
    (pairs) => () => {
      const slope = grad((x: Tensor) => mul(chain(x, pairs), x));
      grad((x: Tensor) => sum(slope(x)))(tensor(1));
    },
  ],
  [
    "a list of the nodes",
    1.01,
    (pairs) => {
      const y = chain(parameter(tensor(1)), pairs);
      return () => graphNodes(y);
    },
  ],
])("%s looks at each edge as often in a long graph as in a short one", (_, most, task) => {
  const [short, long] = [100, 5000].map((pairs) => looks(task(pairs)) / (6 * pairs));
  expect(long).toBeLessThan(1.05 * short);
  expect(long).toBeLessThan(most);
});
