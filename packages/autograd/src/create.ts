import { allocate, type Dtype, dtypeOf, isDtype, type TypedArray } from "./dtype.ts";
import { ArgumentError, ShapeError } from "./errors.ts";
import type { Generator } from "./random.ts";
import { checkShape, type Shape, sizeOf } from "./shape.ts";
import type { DataShape, UnknownShape, Written } from "./static-shape.ts";
import { type NestedNumbers, Tensor, type TensorLike, track } from "./tensor.ts";

/** What `tensor` takes: one number, nested arrays of numbers, truth values, or flat numbers in a typed array. */
export type TensorData = NestedNumbers | boolean | readonly boolean[] | TypedArray;

/** The shape that data and options say. */
export type CreatedShape<D, O> = O extends { readonly shape: infer S } ? Written<S> : DataShape<D>;

export interface TensorOptions {
  /** Default: that of a typed array, else `f32`. */
  readonly dtype?: Dtype;
  /** Only with flat data: the shape to give it. */
  readonly shape?: Shape;
  /** Whether gradients flow here; default false. */
  readonly requiresGrad?: boolean;
}

/**
 * Makes a tensor from a number, nested arrays or a typed array; the numbers are copied.
 *
 * @throws ShapeError if nested arrays are ragged or the data does not fill `shape`
 * @see torch.tensor
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // [2, 2]
 * tensor(new Float64Array(6), { shape: [2, 3] }).dtype; // "f64"
 * tensor([1, 0, 2], { dtype: "i32" }); // [1, 0, 2]
 * tensor([[1, 2], [3]]); // throws ShapeError
 */
export function tensor<const D extends TensorData, const O extends TensorOptions = object>(
  data: D,
  options?: O,
): Tensor<CreatedShape<D, O>>;
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  const [flat, natural] = flatten(data);
  const shape = checkShape("tensor", options.shape ?? natural);
  if (sizeOf(shape) !== flat.length)
    throw new ShapeError("tensor", [shape], `expected a shape of ${flat.length} elements`);
  const dtype =
    options.dtype ?? (isTyped(flat) ? dtypeOf(flat) : typeof flat[0] === "boolean" ? "bool" : "f32");
  const copy = allocate(dtype, flat.length);
  if (isTyped(flat) && dtype !== "bool") copy.set(flat);
  else
    for (let i = 0; i < copy.length; i++)
      copy[i] = Number(dtype === "bool" ? Number(flat[i]) !== 0 : flat[i]);
  const result = new Tensor(copy, shape, dtype);
  return options.requiresGrad ? track(result) : result;
}

const isTyped = (data: unknown): data is TypedArray => ArrayBuffer.isView(data);

function flatten(data: unknown): [ArrayLike<number | boolean>, number[]] {
  if (isTyped(data)) return [data, [data.length]];
  const shape: number[] = [];
  let level: unknown[] = [data];
  while (Array.isArray(level[0])) {
    const extent = level[0].length;
    const odd = level.find((row) => !Array.isArray(row) || row.length !== extent);
    if (odd !== undefined) {
      const rows = [[extent], Array.isArray(odd) ? [odd.length] : []];
      throw new ShapeError("tensor", rows, `expected rows of equal length at axis ${shape.length}`);
    }
    shape.push(extent);
    level = level.flat(1);
  }
  const wrong = level.find((value) => typeof value !== "number" && typeof value !== "boolean");
  if (wrong !== undefined)
    throw new ArgumentError("tensor", "expected numbers, nested arrays of numbers or a typed array", wrong);
  return [level as number[], shape];
}

/**
 * A tensor that owns `data`, without a copy: for arrays that nobody else writes.
 *
 * @example
 * const data = new Float32Array([1, 2, 3, 4]);
 * fromData(data, [2, 2]); // [[1, 2], [3, 4]]
 * fromData(data, [2, 2]).data === data; // true
 */
export function fromData(data: TypedArray, shape: Shape): Tensor {
  return new Tensor(data, shape, dtypeOf(data));
}

/**
 * A new leaf with the values of `source`, to which gradients flow.
 *
 * @see torch.nn.Parameter
 * @example
 * const w = parameter([1, 2]);
 * w.requiresGrad; // true
 * backward(sum(square(w)));
 * w.grad; // [2, 4]
 */
export function parameter<S>(source: Tensor<S>): Tensor<S>;
export function parameter<
  const D extends NestedNumbers | TypedArray,
  const O extends Omit<TensorOptions, "requiresGrad"> = object,
>(source: D, options?: O): Tensor<CreatedShape<D, O>>;
export function parameter(
  source: Tensor | NestedNumbers | TypedArray,
  options?: Omit<TensorOptions, "requiresGrad">,
): Tensor;
export function parameter(
  source: Tensor | NestedNumbers | TypedArray,
  options: Omit<TensorOptions, "requiresGrad"> = {},
): Tensor {
  return source instanceof Tensor
    ? track(source.detach())
    : tensor(source, { ...options, requiresGrad: true });
}

/**
 * One number everywhere.
 *
 * @see torch.full
 * @example
 * full([2, 3], 7); // [[7, 7, 7], [7, 7, 7]]
 */
export function full<const S extends Shape>(
  shape: S,
  value: number,
  dtype: Dtype = "f32",
): Tensor<Written<S>> {
  return filled("full", shape, dtype === "bool" ? Number(value !== 0) : value, dtype);
}

/**
 * Zeros everywhere.
 *
 * @see torch.zeros
 * @example
 * zeros([2, 3]); // [[0, 0, 0], [0, 0, 0]]
 * zeros([2], "i32").dtype; // "i32"
 */
export const zeros = <const S extends Shape>(shape: S, dtype: Dtype = "f32"): Tensor<Written<S>> =>
  filled("zeros", shape, 0, dtype);

/**
 * Ones everywhere.
 *
 * @see torch.ones
 * @example
 * ones([2, 3]); // [[1, 1, 1], [1, 1, 1]]
 */
export const ones = <const S extends Shape>(shape: S, dtype: Dtype = "f32"): Tensor<Written<S>> =>
  filled("ones", shape, 1, dtype);

/** @throws ArgumentError unless `dtype` is one */
function room(operation: string, dtype: Dtype, size: number): TypedArray {
  if (!isDtype(dtype)) throw new ArgumentError(operation, "expected a dtype: bool, i32, f32 or f64", dtype);
  return allocate(dtype, size);
}

function filled(operation: string, shape: Shape, value: number, dtype: Dtype): Tensor {
  const data = allocate(dtype, sizeOf(checkShape(operation, shape)));
  if (!Object.is(value, 0)) data.fill(value);
  return new Tensor(data, shape, dtype);
}

/**
 * The numbers from `start` (inclusive) to `end` (exclusive) in steps of `step`.
 *
 * @throws ArgumentError if the step is zero
 * @see torch.arange
 * @example
 * arange(0, 5, 2); // [0, 2, 4]
 * arange(3, 0, -1); // [3, 2, 1]
 */
export function arange(start: number, end: number, step = 1, dtype: Dtype = "f32"): Tensor {
  if (!(step !== 0) || !Number.isFinite((end - start) / step))
    throw new ArgumentError("arange", "expected a step that is not zero", step);
  const data = room("arange", dtype, Math.max(0, Math.ceil((end - start) / step)));
  for (let i = 0; i < data.length; i++) data[i] = start + i * step;
  return new Tensor(data, [data.length], dtype);
}

/**
 * `count` numbers evenly spaced from `start` to `end`, both included.
 *
 * @see torch.linspace
 * @example
 * linspace(0, 1, 5); // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace<const N extends number>(
  start: number,
  end: number,
  count: N,
  dtype: Dtype = "f32",
): Tensor<readonly [N]> {
  const data = room("linspace", dtype, sizeOf(checkShape("linspace", [count])));
  for (let i = 0; i < count; i++) data[i] = count === 1 ? start : start + ((end - start) * i) / (count - 1);
  return new Tensor<UnknownShape>(data, [count], dtype);
}

/**
 * The identity matrix [n, n].
 *
 * @see torch.eye
 * @example
 * eye(2); // [[1, 0], [0, 1]]
 */
export function eye<const N extends number>(n: N, dtype: Dtype = "f32"): Tensor<readonly [N, N]> {
  const data = room("eye", dtype, sizeOf(checkShape("eye", [n, n])));
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return new Tensor<UnknownShape>(data, [n, n], dtype);
}

/**
 * Draws from N(0, 1).
 *
 * @see torch.randn
 * @example
 * randn(new Generator(7), [3]); // [-1.9812, 0.8718, -1.5144]
 */
export function randn<const S extends Shape>(
  generator: Generator,
  shape: S,
  dtype: "f32" | "f64" = "f32",
): Tensor<Written<S>> {
  const data = room("randn", dtype, sizeOf(checkShape("randn", shape))) as Float32Array | Float64Array;
  generator.fillNormal(data);
  return new Tensor<UnknownShape>(data, shape, dtype);
}

/**
 * Draws uniformly from [low, high).
 *
 * @see torch.rand
 * @example
 * rand(new Generator(7), [3]); // [0.0851, 0.6175, 0.4316]
 * rand(new Generator(7), [3], -10, 10); // [-8.2987, 2.3495, -1.369]
 */
export function rand<const S extends Shape>(
  generator: Generator,
  shape: S,
  low = 0,
  high = 1,
  dtype: "f32" | "f64" = "f32",
): Tensor<Written<S>> {
  const data = room("rand", dtype, sizeOf(checkShape("rand", shape))) as Float32Array | Float64Array;
  generator.fillUniform(data);
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * data[i];
  return new Tensor<UnknownShape>(data, shape, dtype);
}

/** The operand itself, or a scalar for a number: of the element type of `partner` where it can hold the number. */
export function toTensor(value: TensorLike, partner: Dtype = "f32"): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value !== "number") throw new ArgumentError("tensor", "expected a tensor or a number", value);
  if (partner === "f64") return constant(value, "f64", doubles);
  if (partner === "f32" || !Number.isInteger(value)) return constant(value, "f32", singles);
  return single(value, "i32");
}

// Loops use the same few constants over and over: tensors are immutable, so they can be shared.
const singles = /* @__PURE__ */ new Map<number, Tensor>();
const doubles = /* @__PURE__ */ new Map<number, Tensor>();
const remembered = 256;

function constant(value: number, dtype: Dtype, known: Map<number, Tensor>): Tensor {
  let result = known.get(value);
  if (result === undefined || (value === 0 && !Object.is(value, result.data[0]))) {
    if (known.size >= remembered) known.clear();
    result = single(value, dtype);
    known.set(value, result);
  }
  return result;
}

const single = (value: number, dtype: Dtype): Tensor => new Tensor(allocate(dtype, 1).fill(value), [], dtype);
