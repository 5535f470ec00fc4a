import { fromData } from "../../create.ts";
import type { Tensor } from "../../tensor.ts";
import { where } from "../elementwise/choice.ts";
import { unsqueeze } from "../movement/movement.ts";
import { tril } from "../movement/triangle.ts";

const onDiagonal = (m: number, n: number): Tensor =>
  fromData(
    Uint8Array.from({ length: m * n }, (_, k) => Number(Math.floor(k / n) === k % n)),
    [m, n],
  );

/** The lower triangle with ones on its diagonal. */
export function unitLower(x: Tensor): Tensor {
  const [m, n] = x.shape.slice(-2);
  return where(onDiagonal(m, n), 1, tril(x, -1));
}

/** `diagonal` [..., n] on the diagonal, `elsewhere` [..., n, n] but there. */
export const withDiagonal = (diagonal: Tensor | number, elsewhere: Tensor | number, n: number): Tensor =>
  where(onDiagonal(n, n), typeof diagonal === "number" ? diagonal : unsqueeze(diagonal, -1), elsewhere);
