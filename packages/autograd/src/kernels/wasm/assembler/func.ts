import { type Operands, term } from "./instruction.ts";
import {
  type Expression,
  type Func,
  type Local,
  type ResultType,
  reference,
  type Statement,
  type Term,
} from "./term.ts";
import type { ValueType } from "./value-type.ts";

/** The value types of a list of locals. */
export type TypesOf<P extends readonly Local[]> = {
  [K in keyof P]: P[K] extends Local<infer T extends ValueType> ? T : never;
};

/** Defines a function; its other locals are found in its body. Without `returns` it leaves nothing. */
export function func<const P extends readonly Local[], T extends ValueType = never>(definition: {
  name: string;
  parameters: P;
  body: readonly Statement[];
  returns?: Expression<T>;
}): Func<P, [T] extends [never] ? "void" : T> {
  const result: ResultType = definition.returns?.result ?? "void";
  return { space: "function", ...definition, result: result as [T] extends [never] ? "void" : T };
}

/** Calls a function, which thereby becomes part of the module. */
export function call<const P extends readonly Local[], R extends ResultType>(
  target: Func<P, R>,
  ...operands: Operands<TypesOf<P>>
): Term<R> {
  const signature = target.parameters.map((parameter) => parameter.result);
  return term("call", [0x10], signature, target.result, operands as never, [reference(target)]);
}
