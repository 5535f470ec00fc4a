import * as row from "../../scalar/arithmetic.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";

/** a + b, broadcast. @see torch.add */
export const add: Binary = /* @__PURE__ */ binary(row.add);

/** a - b, broadcast. @see torch.sub */
export const sub: Binary = /* @__PURE__ */ binary(row.sub);

/** a · b, element by element, broadcast. @see torch.mul */
export const mul: Binary = /* @__PURE__ */ binary(row.mul);

/** a / b, broadcast; whole numbers divide to `f32`. @see torch.div */
export const div: Binary = /* @__PURE__ */ binary(row.div, "floating");

/** -x. @see torch.neg */
export const neg: Unary = /* @__PURE__ */ unary(row.neg, "same");

/** x². @see torch.square */
export const square: Unary = /* @__PURE__ */ unary(row.square, "same");

/** 1/x. @see torch.reciprocal */
export const reciprocal: Unary = /* @__PURE__ */ unary(row.reciprocal);
