import { type Dtype, isFloating, type TypedArray } from "./dtype.ts";
import { ArgumentError, DtypeError, GraphError, ShapeError } from "./errors.ts";
import { printTensor } from "./format.ts";
import { denseData, type Strided } from "./kernels/strided.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "./shape.ts";
import type { Seen, UnknownShape } from "./static-shape.ts";
import { Edges, type Origin } from "./tensor/edges.ts";

// A tensor knows the node that made it, a node the op that it applies, an op the tensors it takes: three facts about one thing, in one file.

declare global {
  /** Methods on tensors: none here, those of `@isograd/autograd/fluent` once it is imported. */
  interface IsogradTensorMethods<S> {}
}

/** What is known of a tensor without its data. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: Dtype;
}

export interface Tensor<S = UnknownShape> extends IsogradTensorMethods<S> {}

/**
 * An immutable array of numbers, and, where gradients are tracked, the place in the graph that it came from.
 *
 * The storage is an ordinary typed array: the garbage collector owns it, and nothing has to be disposed of. Views share storage.
 *
 * `S` is what the compiler knows of the shape: `Tensor<readonly [2, 3]>`; a plain `Tensor` may have any.
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.shape; // [2, 3]
 * x.toArray(); // [[1, 2, 3], [4, 5, 6]]
 * sum(x).item(); // 21
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the fluent entry assigns these methods to the prototype before anyone can call them
export class Tensor<S = UnknownShape> implements Strided, Signature {
  /** The gradient that `backward` accumulated here: on leaves, and where `retainGrad` asked for it. */
  grad: Tensor<S> | null = null;
  /** The graph node whose output this is; null where no gradient is tracked. */
  node: Node | null = null;
  /** Which of the node's outputs. */
  outputIndex = 0;

  constructor(
    public data: TypedArray,
    readonly shape: Seen<S>,
    readonly dtype: Dtype,
    public strides: readonly number[] = shape.length === 0 ? scalarStrides : stridesOf(shape),
    public offset = 0,
  ) {}

  get size(): number {
    return sizeOf(this.shape);
  }

  get rank(): number {
    return this.shape.length;
  }

  /** Whether gradients flow to this tensor. */
  get requiresGrad(): boolean {
    return this.node !== null;
  }

  /** Whether the graph begins here: the user made it, no recorded operation did. */
  get isLeaf(): boolean {
    return this.node === null || this.node.op === null;
  }

  /**
   * The only element.
   *
   * @throws ShapeError if there is not exactly one
   * @example
   * tensor([[7]]).item(); // 7
   * tensor([1, 2]).item(); // throws ShapeError
   */
  item(): number {
    if (this.size !== 1) throw new ShapeError("item", [this.shape], "expected exactly one element");
    return this.data[this.offset];
  }

  /**
   * The elements in row-major order. The array may be shared, and part of a larger buffer: copy it before writing to it or transferring it.
   *
   * @example
   * transpose(tensor([[1, 2], [3, 4]])).values(); // [1, 3, 2, 4]
   */
  values(): TypedArray {
    return denseData(this);
  }

  /**
   * The elements as nested arrays; a number for a scalar.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).toArray(); // [[1, 2], [3, 4]]
   */
  toArray(): NestedNumbers {
    let level: NestedNumbers[] = Array.from(this.values());
    for (let axis = this.rank - 1; axis >= 0; axis--) {
      const extent = this.shape[axis];
      const rows = sizeOf(this.shape.slice(0, axis));
      level = Array.from({ length: rows }, (_, row) => level.slice(row * extent, (row + 1) * extent));
    }
    return level[0];
  }

  /**
   * The same values without their history: no gradient flows through.
   *
   * @see torch.Tensor.detach
   * @example
   * grad((x) => mul(x, x.detach()))(tensor(3)); // 3
   */
  detach(): Tensor<S> {
    return new Tensor(this.data, this.shape, this.dtype, this.strides, this.offset);
  }

  /**
   * Binds a new value to a leaf, as an optimizer's step does. Graphs recorded before keep the value they saw.
   *
   * @throws GraphError unless this is a leaf; ShapeError or DtypeError if the value does not fit
   * @example
   * const w = parameter([1, 2]);
   * w.assign(tensor([3, 4]));
   * w; // [3, 4]
   */
  assign(value: Tensor): void {
    if (!this.isLeaf)
      throw new GraphError("assign", "only a leaf can take a new value, and an operation made this tensor");
    if (!sameShape(value.shape, this.shape))
      throw new ShapeError("assign", [this.shape, value.shape], "expected the same shape");
    if (value.dtype !== this.dtype)
      throw new DtypeError("assign", [this.dtype, value.dtype], "expected the same element type");
    this.data = value.data;
    this.strides = value.strides;
    this.offset = value.offset;
  }

  /**
   * The present value of a leaf, tracked like the leaf itself and unmoved by a later `assign`.
   *
   * @example
   * const w = parameter(1);
   * const before = w.snapshot();
   * w.assign(tensor(2));
   * before; // 1
   */
  snapshot(): Tensor<S> {
    const copy = this.detach();
    copy.node = this.node;
    copy.outputIndex = this.outputIndex;
    return copy;
  }

  toString(): string {
    return printTensor(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return printTensor(this);
  }
}

/** A tensor that gradients flow to. */
export type Tracked = Tensor & { readonly node: Node };

const scalarStrides: readonly number[] = Object.freeze([]);

export type NestedNumbers = number | readonly NestedNumbers[];

/** What operations take: numbers stand for scalars of the other operand's element type. */
export type TensorLike = Tensor | number;

/** What the compiler knows of the shape of an operand; a number is a scalar. */
export type ShapeOf<T> = T extends number ? readonly [] : T extends Tensor<infer S> ? S : UnknownShape;

/**
 * The cotangent of one input from the cotangent of the output; null stands for zero.
 *
 * An op with several outputs finds all their cotangents in the last argument, null where none came; the first argument is the first of them.
 */
export type Rule<A> = {
  rule(cotangent: Tensor, node: Node<A>, cotangents: readonly (Tensor | null)[]): Tensor | null;
}["rule"];

/**
 * The tangent of the output that the tangent of one input causes; null stands for zero. One for each output of an op with several.
 *
 * It may read what the rules in `vjp` read, and is written, as they are, in differentiable operations.
 */
export type TangentRule<A> = {
  rule(tangent: Tensor, node: Node<A>): Tensor | readonly (Tensor | null)[] | null;
}["rule"];

/**
 * Applies an op to many examples at once, for vmap.
 *
 * @param inputs those of the examples; where `mapped` says so, along a first axis that stands before the axes that the op knows of
 * @param size   how many examples
 * @returns the result, or each of several, with the examples along the first axis
 */
export type BatchRule<A> = {
  rule(
    inputs: readonly Tensor[],
    mapped: readonly boolean[],
    attributes: A,
    size: number,
  ): Tensor | readonly Tensor[];
}["rule"];

/**
 * An operation, as data.
 *
 * The rules in `vjp` are written in differentiable operations, so that derivatives of every order follow. They return a cotangent of the
 * output's (broadcast) shape: summing it to the input's shape is the engine's work, as is adding up what several users send.
 */
export interface Op<A = unknown> {
  readonly name: string;
  /** Abstract evaluation: the result's shape and element type; throws on operands that do not fit. */
  shape(inputs: readonly Signature[], attributes: A): Signature | readonly Signature[];
  /** The values: fresh row-major arrays, or views of the inputs' storage. The one output may be filled in itself, and returned. */
  forward(inputs: readonly Tensor[], attributes: A, output: Signature): Forwarded | readonly Forwarded[];
  /**
   * One rule an input (null: the gradient is zero), or one function for all inputs of a variadic op.
   * `"zero"`: piecewise constant, the gradient is truly zero. `"none"`: not differentiable, using it on a tracked tensor throws.
   */
  readonly vjp: readonly (Rule<A> | null)[] | ((position: number) => Rule<A>) | "zero" | "none";
  /**
   * Adds what the rule returns to `sum`, in place: for an op that reads parts of its one input, so that its rule, in new memory, puts zeros
   * around what it is given. A sweep whose operations nobody observes gathers the parts of a tensor so, each at the cost of the part.
   *
   * @param sum row-major, of the input's shape
   */
  addTo?(sum: Tensor, cotangents: Cotangents, node: Node<A>): void;
  /**
   * Forward mode: one rule an input (null: no tangent comes from it), or `"linear"`: the op itself, applied to the tangents of the inputs
   * that have a rule in `vjp`. Absent: derived from `vjp`, which is linear in the cotangent, as its transpose.
   */
  readonly jvp?: readonly (TangentRule<A> | null)[] | "linear";
  /** How vmap applies it. `"leading"`: leading axes broadcast, so that the examples are one more of them. Absent: one example at a time. */
  readonly batch?: BatchRule<A> | "leading";
  /** Which inputs each rule reads; only these stay in memory. Absent: no rule reads any. */
  readonly reads?: readonly (readonly number[])[];
  /** The rules read the output, or the several outputs. */
  readonly readsOutput?: boolean;
  /** Floating-point operations, see `measureGraph`. Inputs that a graph does not remember are null. Absent: one an element of the result. */
  flops?(inputs: readonly (Signature | null)[], attributes: A, outputs: readonly Signature[]): number;
  /**
   * The op contracts an operand with weights (matrix product, convolution): gradient flow is measured between such nodes. Where the cotangent
   * of the result does not have the axes that a matrix product with these weights would give it, a function that arranges it so.
   * `"transposed"`: its second operand, [..., out, in], is the transpose of the matrix that it multiplies with.
   */
  readonly contraction?: boolean | "transposed" | Arrangement<A>;
  /** What is known of a registered activation; see `activations/`. */
  readonly activation?: unknown;
}

/** Another arrangement of the cotangent of a node's output. */
export type Arrangement<A> = { rule(cotangent: Tensor, node: Node<A>): Tensor }["rule"];

/** A result of `forward`: a row-major array in the shape of the output, or numbers with strides. */
export type Forwarded = TypedArray | Strided;

/** A cotangent for each output, or for each input, of a node; null stands for zero. */
export type Cotangents = readonly (Tensor | null)[];

/** Calls to make while a cotangent passes a node, some of which may replace it; see hooks.ts. */
export interface NodeHooks {
  arrive(cotangents: (Tensor | null)[], keep: (tensor: Tensor, cotangent: Tensor | null) => void): void;
  /** Runs the rules; `pullTo` gives null also for inputs that nobody asks for. */
  pull(
    cotangents: Cotangents,
    pullTo: (position: number, cotangents: Cotangents) => Tensor | null,
    send: (position: number, result: Tensor) => void,
  ): void;
  /** Adds to the `grad` of a leaf. */
  accumulate(leaf: Tensor, cotangents: Cotangents, add: (cotangent: Tensor | null) => void): void;
}

let created = 0;

/** How many nodes there have been: what is recorded from now on has this id or a later one. */
export const nodesCreated = (): number => created;

/**
 * One application of an op, or a leaf. Ids ascend in order of creation, which is a topological order.
 *
 * @example
 * const { node } = square(parameter([1, 2]));
 * node?.label; // "square"
 * node?.signature; // { shape: [2], dtype: "f32" }
 */
export class Node<A = unknown> extends Edges<Node, Tensor> {
  readonly id = created++;
  hooks: NodeHooks | null = null;
  /** The user's source line, in anomaly mode. */
  site: string | undefined;
  /** Position in the sweep that visits the node now; see backward.ts. */
  mark = -1;
  /** The last walk that came by; see graph.ts. */
  walk = 0;

  constructor(
    /** Null for a leaf. */
    readonly op: Op<A> | null,
    readonly attributes: A,
    /** The shape and element type of the output, or of each of several. */
    readonly signature: Signature | readonly Signature[],
    readonly scope: string,
    origins: readonly Origin<Node>[] = none,
  ) {
    super(origins);
  }

  /** Whether a sweep dropped what the rules would read. */
  get freed(): boolean {
    return this.arity === 0 && this.op !== null;
  }

  /** The operation's name, with the scope path where there is one. */
  get label(): string {
    const name = this.op?.name ?? "leaf";
    return this.scope === "" ? name : `${this.scope} (${name})`;
  }

  get outputSignatures(): readonly Signature[] {
    return isSeveral(this.signature) ? this.signature : [this.signature];
  }

  /** The shape and element type of an input that is tracked: what its cotangent must have. */
  inputSignature(position: number): Signature {
    const { signature } = this.source(position) as Node;
    return isSeveral(signature) ? signature[this.sourceOutput(position)] : signature;
  }

  /** @throws GraphError if it was freed */
  requireKept(): void {
    if (this.freed)
      throw new GraphError(
        "backward",
        `the graph of ${this.label} was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice`,
      );
  }
}

const isSeveral = (signature: Signature | readonly Signature[]): signature is readonly Signature[] =>
  Array.isArray(signature);

const none: readonly Tensor[] = Object.freeze([]);

/** Makes gradients flow to `tensor`, as the beginning of a graph. @throws DtypeError unless it holds reals */
export function track(tensor: Tensor, scope = ""): Tracked {
  if (!isFloating(tensor.dtype))
    throw new DtypeError("requiresGrad", [tensor.dtype], "only f32 and f64 carry gradients");
  if (tensor.node !== null)
    throw new ArgumentError("requiresGrad", "expected a tensor that is not tracked yet", "a tracked one");
  tensor.node = new Node(null, undefined, { shape: tensor.shape, dtype: tensor.dtype }, scope);
  tensor.node.output = tensor;
  return tensor as Tracked;
}
