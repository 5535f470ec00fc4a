import { fromData, type Tensor } from "@isograd/autograd";

/** The rows of `column` in the order of `picked`, copied. */
export function gatherRows(column: Tensor, picked: ArrayLike<number>): Tensor {
  const source = column.values();
  const width = source.length / column.shape[0];
  const out = new (source.constructor as new (length: number) => Values)(picked.length * width);
  for (let i = 0; i < picked.length; i++) {
    const from = picked[i] * width;
    const to = i * width;
    if (width > 32) out.set(source.subarray(from, from + width), to);
    else for (let j = 0; j < width; j++) out[to + j] = source[from + j];
  }
  return fromData(out, [picked.length, ...column.shape.slice(1)]);
}

type Values = ReturnType<Tensor["values"]>;
