import { add, exp, matmul, mul, sin, softmax, sum, type Tensor, tanh, tensor } from "../../src/index.ts";

export const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

/** Functions [3] -> [] with derivatives of every order that are not zero. */
export const scalarFunctions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  products: (x) => sum(mul(exp(x), sin(x))),
  network: (x) =>
    sum(
      tanh(
        matmul(
          f64([
            [0.3, -0.2, 0.5],
            [0.1, 0.4, -0.6],
          ]),
          x,
        ),
      ),
    ),
  normalised: (x) => sum(mul(softmax(x), f64([1, -2, 0.5]))),
  polynomial: (x) => sum(mul(x, mul(x, add(x, 1)))),
};

export const points: Tensor = f64([
  [0.3, -0.7, 1.1],
  [-1.2, 0.4, 0.2],
]);

/** All numbers of a tensor; a second look at them in a message says which differ. */
export const numbersOf = (x: Tensor): number[] => Array.from(x.values());

export const largestDifference = (a: Tensor, b: Tensor): number => {
  if (String(a.shape) !== String(b.shape)) return Number.POSITIVE_INFINITY;
  const other = numbersOf(b);
  return numbersOf(a).reduce((most, value, k) => Math.max(most, Math.abs(value - other[k])), 0);
};
