import { ArgumentError, full } from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";

/** The same value everywhere. @see torch.nn.init.constant_ */
export function constant(value: number): Initializer {
  if (typeof value !== "number") throw new ArgumentError("constant", "expected a number", value);
  return ({ shape, dtype }) => full(shape, value, dtype);
}

/** 0 everywhere. @see torch.nn.init.zeros_ */
export const zeros: Initializer = ({ shape, dtype }) => full(shape, 0, dtype);

/** 1 everywhere. @see torch.nn.init.ones_ */
export const ones: Initializer = ({ shape, dtype }) => full(shape, 1, dtype);
