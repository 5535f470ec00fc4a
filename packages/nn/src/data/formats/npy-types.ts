import { ArgumentError } from "@isograd/autograd";
import { type ElementType, elementTypes, wideElementType } from "../../saving/element-types.ts";

/** By numpy's letters and widths. */
const names: Readonly<Record<string, string>> = {
  b1: "BOOL",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  u8: "U64",
  f2: "F16",
  f4: "F32",
  f8: "F64",
};

/** How our types are written: the lowest byte first. */
export const writtenDescr = { bool: "|b1", i32: "<i4", f32: "<f4", f64: "<f8" } as const;

/** Why numpy's other kinds are not read. */
const otherKinds: Readonly<Record<string, string>> = {
  O: "numbers, not pickled objects, which reading would have to run,",
  c: "real numbers, not complex ones,",
  S: "numbers, not text,",
  a: "numbers, not text,",
  U: "numbers, not text,",
  V: "numbers, not bytes without a type,",
  M: "numbers, not dates,",
  m: "numbers, not times,",
};

/**
 * The element type that numpy's notation names.
 *
 * @throws ArgumentError if it is none that is read, saying why
 */
export function readDescr(
  operation: string,
  descr: string,
  isWide: boolean,
): { readonly type: ElementType; readonly isLittle: boolean } {
  const order = descr[0] ?? "";
  const name = Object.hasOwn(names, descr.slice(1)) ? names[descr.slice(1)] : undefined;
  const type = name === undefined ? undefined : (isWide && wideElementType(name)) || elementTypes[name];
  if (type === undefined || !"<>|".includes(order) || (order === "|" && type.width > 1)) {
    const kind = otherKinds[/^[<>|=]?([A-Za-z])(?![A-Za-z])/.exec(descr)?.[1] ?? ""];
    throw new ArgumentError(
      operation,
      `expected ${kind ?? `an element type that numpy writes, such as "<f8",`} in descr`,
      descr.slice(0, 40),
    );
  }
  return { type, isLittle: order !== ">" };
}
