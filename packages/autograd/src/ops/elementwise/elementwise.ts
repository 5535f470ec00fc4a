import { toTensor } from "../../create.ts";
import { type Dtype, noNumbers, promote, toFloating } from "../../dtype.ts";
import { ArgumentError } from "../../errors.ts";
import { chooseLoop, type ElementwiseLoop } from "../../kernels/choose-loop.ts";
import { makeRoom, runElementwise } from "../../kernels/elementwise.ts";
import { apply } from "../../op.ts";
import { productOf } from "../../scalar/arithmetic.ts";
import { derive } from "../../scalar/derive.ts";
import { freeInputs, type Primitive, Scalar, type ScalarLike, substitute } from "../../scalar/expression.ts";
import { broadcastShapes } from "../../shape.ts";
import type { BroadcastShape, FitsBroadcast } from "../../static-shape.ts";
import type { Op, Rule, ShapeOf, Signature, TangentRule, Tensor, TensorLike } from "../../tensor.ts";

/** The element type of the result: that of the operands, at least `f32`, or truth values. */
export type ResultDtype = "same" | "floating" | "bool";

/**
 * A scalar expression mapped over tensors that broadcast.
 *
 * The rule for each input is again such an op, cotangent times derivative, derived from the expression: one loop, and derivatives of every
 * order. What a rule reads is what its expression mentions.
 */
export class ElementwiseOp implements Op<void> {
  readonly #loops = new Map<string, ElementwiseLoop>();
  #found: readonly (Pullback | null)[] | undefined;
  readonly activation: unknown;
  /** The derivative to the first input, where the derived one is not accurate enough. */
  readonly #slope: Scalar | undefined;
  #vjp: Op<void>["vjp"] | undefined;
  /** What came last: results in a row are often alike, and every node keeps the signature of its own. */
  #last: Signature = { shape: [], dtype: "f32" };
  #reads: (readonly number[])[] | undefined;

  constructor(
    readonly name: string,
    readonly expression: Scalar,
    readonly arity: number,
    readonly result: ResultDtype = "same",
    extra: { readonly slope?: Scalar; readonly activation?: unknown } = {},
  ) {
    this.#slope = extra.slope;
    this.activation = extra.activation;
  }

  shape(inputs: readonly Signature[]): Signature {
    let { shape, dtype } = inputs[0];
    for (let k = 1; k < inputs.length; k++) {
      if (inputs[k].dtype !== dtype) dtype = promote(dtype, inputs[k].dtype);
      if (inputs[k].shape !== shape) shape = broadcastShapes(this.name, [shape, inputs[k].shape]);
    }
    if (this.result !== "same") dtype = this.result === "bool" ? "bool" : toFloating(dtype);
    if (shape !== this.#last.shape || dtype !== this.#last.dtype) this.#last = { shape, dtype };
    return this.#last;
  }

  /** Puts the values into `output`, row-major; where it has numbers already, over them: an input may lie there. */
  forward(inputs: readonly Tensor[], _: undefined, output: Tensor): Tensor {
    if (output.data === noNumbers) makeRoom(output, inputs[0]);
    runElementwise(this.#loop(inputs, output.dtype), inputs, output.shape, output.data, output.offset);
    return output;
  }

  get vjp(): Op<void>["vjp"] {
    this.#vjp ??= this.#pullbacks.every((pullback) => pullback === null)
      ? "zero"
      : this.#pullbacks.map((pullback) => pullback?.rule ?? null);
    return this.#vjp;
  }

  /** A function of each element has the same rules in both directions. */
  get jvp(): Op<void>["jvp"] {
    const { vjp } = this;
    return vjp === "zero" ? undefined : (vjp as readonly (TangentRule<void> | null)[]);
  }

  get batch(): "leading" {
    return "leading";
  }

  get reads(): readonly (readonly number[])[] {
    this.#reads ??= this.#pullbacks.map((pullback) => pullback?.reads ?? []);
    return this.#reads;
  }

  /** Where the slope is the value itself, as that of exp is: it is not computed again. */
  get readsOutput(): boolean {
    return this.#pullbacks[0]?.isOfOutput === true;
  }

  /** For each input; null where the derivative is zero. */
  get #pullbacks(): readonly (Pullback | null)[] {
    this.#found ??= Array.from({ length: this.arity }, (_, position) =>
      this.result === "bool"
        ? null
        : pullbackOf(
            this,
            position,
            (position === 0 ? this.#slope : undefined) ?? derive(this.expression, position),
          ),
    );
    return this.#found;
  }

  /** A loop of its own for each mix of element types: a loop that sees several kinds of arrays is slower. */
  #loop(inputs: readonly Tensor[], dtype: Dtype): ElementwiseLoop {
    let key: string = dtype;
    for (let k = 0; k < inputs.length; k++) if (inputs[k].dtype !== dtype) key += k + inputs[k].dtype;
    let loop = this.#loops.get(key);
    if (loop === undefined) {
      loop = chooseLoop(this.expression, this.arity, dtype, inputs);
      this.#loops.set(key, loop);
    }
    return loop;
  }
}

interface Pullback {
  readonly rule: Rule<void>;
  readonly reads: readonly number[];
  /** The rule reads the output, and nothing else. */
  readonly isOfOutput: boolean;
}

/** Cotangent times slope, in one loop. */
function pullbackOf(
  { name, arity, expression }: ElementwiseOp,
  position: number,
  slope: Scalar,
): Pullback | null {
  if (slope.isConstantOf(0)) return null;
  const isOfOutput = slope === expression;
  const reads = isOfOutput ? [] : freeInputs(slope);
  if (slope.isConstantOf(1)) return { rule: (cotangent) => cotangent, reads, isOfOutput };
  const places = Array.from({ length: arity }, (_, k) => Scalar.input(1 + reads.indexOf(k)));
  const factor = isOfOutput ? Scalar.input(1) : substitute(slope, places);
  const op = new ElementwiseOp(
    `${name}.vjp${position}`,
    productOf(Scalar.input(0), factor),
    isOfOutput ? 2 : 1 + reads.length,
  );
  const [first] = reads;
  const rule: Rule<void> = isOfOutput
    ? (cotangent, { output }) => apply(op, [cotangent, output], undefined)
    : reads.length === 1
      ? (cotangent, { inputs }) => apply(op, [cotangent, inputs[first]], undefined)
      : (cotangent, { inputs }) => apply(op, [cotangent, ...reads.map((k) => inputs[k])], undefined);
  return { rule, reads, isOfOutput };
}

/** A function of one operand, of tensors or of scalar expressions. */
export interface Unary {
  <const X extends TensorLike | Scalar>(x: X): UnaryResult<X>;
  readonly length: 1;
}

/** A scalar of scalars, a tensor of tensors: in their shape. */
export type UnaryResult<X> = X extends Scalar ? Scalar : Tensor<ShapeOf<X>>;

/** A function of two operands that broadcast, of tensors or of scalar expressions. */
export interface Binary {
  <const A extends TensorLike | Scalar, const B extends TensorLike | Scalar>(
    a: A,
    b: B & FitsBroadcast<ShapeOf<A>, ShapeOf<B>>,
  ): BinaryResult<A, B>;
  readonly length: 2;
}

/** A scalar if one operand is, else a tensor in the common shape. */
export type BinaryResult<A, B> = A extends Scalar
  ? Scalar
  : B extends Scalar
    ? Scalar
    : Tensor<BroadcastShape<ShapeOf<A>, ShapeOf<B>>>;

/**
 * Lifts a primitive of one input to tensors.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function unary(primitive: Primitive, result: ResultDtype = "floating"): Unary {
  const op = new ElementwiseOp(primitive.name, Scalar.apply(primitive, [Scalar.input(0)]), 1, result);
  const call = (x: TensorLike | Scalar): Tensor | Scalar =>
    x instanceof Scalar ? Scalar.apply(primitive, [x]) : apply(op, [toTensor(x)], undefined);
  return call as unknown as Unary;
}

/**
 * Lifts a primitive of two inputs to tensors that broadcast.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function binary(primitive: Primitive, result: ResultDtype = "same"): Binary {
  const op = new ElementwiseOp(
    primitive.name,
    Scalar.apply(primitive, [Scalar.input(0), Scalar.input(1)]),
    2,
    result,
  );
  const call = (a: TensorLike | Scalar, b: TensorLike | Scalar): Tensor | Scalar =>
    a instanceof Scalar || b instanceof Scalar
      ? Scalar.apply(primitive, [asScalar(primitive.name, a), asScalar(primitive.name, b)])
      : apply(op, pairOf(a, b), undefined);
  return call as unknown as Binary;
}

/**
 * Lifts an expression of `arity` inputs to tensors that broadcast, as one loop.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function mapped(
  name: string,
  arity: number,
  build: (...inputs: Scalar[]) => Scalar,
  result: ResultDtype = "same",
): ElementwiseOp {
  const inputs = Array.from({ length: arity }, (_, position) => Scalar.input(position));
  return new ElementwiseOp(name, build(...inputs), arity, result);
}

/** Two operands as tensors; a number takes the element type of the other. */
export function pairOf(a: TensorLike, b: TensorLike): [Tensor, Tensor] {
  if (typeof a === "number") {
    const right = toTensor(b);
    return [toTensor(a, right.dtype), right];
  }
  return [toTensor(a), toTensor(b, a.dtype)];
}

/** @throws ArgumentError if a tensor comes where an expression is being built */
export function asScalar(operation: string, value: TensorLike | Scalar): ScalarLike {
  if (value instanceof Scalar || typeof value === "number") return value;
  throw new ArgumentError(
    operation,
    "expected scalars only: a tensor cannot be part of a scalar expression",
    value,
  );
}
