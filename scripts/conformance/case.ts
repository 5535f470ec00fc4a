import { type Dtype, parameter, type Tensor, tensor } from "@isograd/autograd";

/** A tensor as the reference files write it: row-major, with "NaN" and "Infinity" as strings. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly unknown[] | number | string | boolean;
  readonly requires_grad?: boolean;
}

/** One line of a reference file: a call with its value, its vector-Jacobian product and its second-order product. */
export interface Case {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly tensors: readonly StoredTensor[];
  readonly outputs: readonly StoredTensor[];
  readonly cotangents?: readonly (StoredTensor & { readonly output: number })[];
  readonly grads?: readonly (StoredTensor | null)[];
  readonly second_cotangents?: readonly (StoredTensor | null)[];
  readonly second_grads?: readonly (StoredTensor | null)[];
}

/** A case with its arguments ready to be passed. */
export interface DecodedCase {
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  /** The tensors that gradients are asked for, in order. */
  readonly leaves: readonly Tensor[];
}

const dtypes: Readonly<Record<string, Dtype>> = {
  float64: "f64",
  float32: "f32",
  int64: "i32",
  int32: "i32",
  int16: "i32",
  int8: "i32",
  uint8: "i32",
  bool: "bool",
};

export function dtypeNamed(name: string): Dtype {
  const dtype = dtypes[name.replace("torch.", "")];
  if (dtype === undefined) throw new Error(`no element type ${name}`);
  return dtype;
}

export function readTensor(stored: StoredTensor): Tensor {
  const flat = [stored.data].flat(Number.POSITIVE_INFINITY).map(Number);
  return tensor(Float64Array.from(flat), { shape: stored.shape, dtype: dtypeNamed(stored.dtype) });
}

export function decode({ args, kwargs, tensors }: Case): DecodedCase {
  const read = tensors.map((stored) =>
    stored.requires_grad ? parameter(readTensor(stored)) : readTensor(stored),
  );
  const value = (encoded: unknown): unknown => {
    if (typeof encoded !== "object" || encoded === null) return encoded;
    const fields = encoded as Readonly<Record<string, unknown>>;
    if ("t" in fields) return read[fields.t as number];
    if ("list" in fields) return (fields.list as readonly unknown[]).map(value);
    if ("f" in fields) return Number(spelled(fields.f));
    if ("dtype" in fields) return dtypeNamed(fields.dtype as string);
    if ("ellipsis" in fields) return "...";
    if ("slice" in fields) {
      const [start, end, step] = (fields.slice as readonly unknown[]).map(
        (bound) => value(bound) ?? undefined,
      );
      return { start, end, step };
    }
    throw new Error(`cannot read the argument ${JSON.stringify(encoded)}`);
  };
  return {
    args: args.map(value),
    kwargs: Object.fromEntries(Object.entries(kwargs).map(([name, encoded]) => [name, value(encoded)])),
    leaves: read.filter(({ requiresGrad }) => requiresGrad),
  };
}

const spelled = (text: unknown): unknown =>
  ({ inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY, nan: Number.NaN })[String(text)] ??
  text;
