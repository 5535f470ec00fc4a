import { add, matmul, parameter, relu, sum, type Tensor, tensor, withScope } from "../../src/index.ts";

/** A loss through two scopes, one inside the other, that reaches one parameter twice. */
export function smallNetwork(): Tensor {
  const weight = parameter([
    [1, 2],
    [3, 4],
  ]);
  const x = tensor([[1, 1]]);
  const hidden = withScope("encoder", () => {
    const product = withScope("linear", () => matmul(x, weight));
    return relu(add(product, tensor([0.5])));
  });
  return withScope("head", () => sum(matmul(hidden, weight)));
}

/** Every character that could mean something to a reader of names. */
export const hostileName = 'a"b\\N&amp;<i>#35;`*_[x](y){z}|->;%%\n\t\0\ud800é漢😀end';
