import { cast, indexSelect, type Tensor, tensor } from "@isograd/autograd";

/** Examples along the first axis. */
export interface Examples {
  readonly inputs: Tensor;
  /** Classes [n] as i32, one answer of yes or no [n, 1], or numbers [n, 1]. */
  readonly targets: Tensor;
}

/** What is to be learnt. */
export interface Task {
  readonly kind: "classes" | "binary" | "numbers";
  /** How many numbers the network returns. */
  readonly outputs: number;
  readonly training: Examples;
  readonly heldOut: Examples;
  /** The score of who knows nothing: the share of the most frequent class, or 0. */
  readonly chance: number;
}

/** The examples at these rows. */
export function examplesAt({ inputs, targets }: Examples, rows: Int32Array): Examples {
  const index = tensor(rows);
  return { inputs: indexSelect(inputs, 0, index), targets: indexSelect(targets, 0, index) };
}

/** The same in another element type; indices and classes stay whole numbers. */
export function castExamples({ inputs, targets }: Examples, dtype: "f32" | "f64"): Examples {
  const inType = (x: Tensor): Tensor => (x.dtype === "i32" ? x : cast(x, dtype));
  return { inputs: inType(inputs), targets: inType(targets) };
}
