/**
 * Every error that isograd throws on purpose: one class to catch them all.
 *
 * @example
 * let caught: unknown;
 * try {
 *   inv(tensor([[1, 2], [2, 4]]));
 * } catch (error) {
 *   caught = error;
 * }
 * caught instanceof IsogradError; // true
 */
export class IsogradError extends Error {
  override readonly name: string = "IsogradError";
}

/**
 * The shapes that came do not fit the operation.
 *
 * @example
 * concat([zeros([2, 3]), zeros([2, 4])]); // throws ShapeError: concat: expected equal extents but at axis 0, got [2, 3] and [2, 4]
 */
export class ShapeError extends IsogradError {
  override readonly name = "ShapeError";

  constructor(
    readonly operation: string,
    readonly shapes: readonly (readonly number[])[],
    readonly rule: string,
  ) {
    super(`${operation}: ${rule}, got ${shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ")}`);
  }
}

/**
 * The element types that came do not fit the operation.
 *
 * @example
 * where(tensor([1, 0]), 1, 2); // throws DtypeError: where: expected a condition of bool, got f32
 */
export class DtypeError extends IsogradError {
  override readonly name = "DtypeError";

  constructor(
    readonly operation: string,
    readonly dtypes: readonly string[],
    readonly rule: string,
  ) {
    super(`${operation}: ${rule}, got ${dtypes.join(" and ")}`);
  }
}

/**
 * An argument that is neither a shape nor an element type is out of its range or of the wrong kind.
 *
 * @example
 * arange(0, 1, 0); // throws ArgumentError: arange: expected a step that is not zero, got 0
 */
export class ArgumentError extends IsogradError {
  override readonly name = "ArgumentError";

  constructor(
    readonly operation: string,
    readonly rule: string,
    readonly received: unknown,
  ) {
    super(`${operation}: ${rule}, got ${describe(received)}`);
  }
}

/**
 * The graph cannot answer: it was freed, or nothing in it leads where it should.
 *
 * @example
 * backward(tensor(1)); // throws GraphError: backward: no gradient flows to this tensor
 */
export class GraphError extends IsogradError {
  override readonly name = "GraphError";

  constructor(
    readonly operation: string,
    readonly rule: string,
  ) {
    super(`${operation}: ${rule}`);
  }
}

/** Where a value stopped being finite, and what went in. */
export interface NonFiniteOrigin {
  readonly operation: string;
  /** `forward`: the operation's own result; `backward`: the cotangent that its rule returned. */
  readonly direction: "forward" | "backward";
  /** The scope path, such as `encoder.layers.3`; empty outside every scope. */
  readonly scope: string;
  /** The user's source line that called the operation, where it is known. */
  readonly site: string | undefined;
  /** The range of each operand, in words. */
  readonly operands: readonly string[];
}

/**
 * A value is NaN or infinite where it must not be.
 *
 * @example
 * detectAnomaly(() => div(tensor(1), 0)); // throws NonFiniteError: div: the result is Infinity at []
 */
export class NonFiniteError extends IsogradError {
  override readonly name = "NonFiniteError";

  constructor(
    message: string,
    readonly origin?: NonFiniteOrigin,
  ) {
    super(message);
  }
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(describe).join(", ")}]`;
  if (typeof value === "object" && value !== null) return value.constructor?.name ?? "an object";
  return String(value);
}
