import type { Dtype } from "./dtype.ts";
import { denseData, type Strided } from "./kernels/strided.ts";

const edge = 3;
const longest = 8;

/** A tensor as readable text: nested brackets, six significant digits, the middle of long axes left out. */
export function printTensor(x: Strided & { readonly dtype: Dtype; readonly requiresGrad: boolean }): string {
  const values = denseData(x);
  const { shape, dtype } = x;
  let width = 0;
  const number = (value: number): string => {
    if (dtype === "bool") return String(value !== 0);
    const text = Object.is(value, -0) ? "-0" : String(dtype === "i32" ? value : Number(value.toPrecision(6)));
    width = Math.max(width, text.length);
    return text.padStart(width);
  };
  // Depth here is the rank, which is small by nature.
  const write = (axis: number, position: number): string => {
    if (axis === shape.length) return number(values[position]);
    const extent = shape[axis];
    const parts: string[] = [];
    for (let i = 0; i < extent; i++) {
      if (extent > longest && i === edge) {
        parts.push("...");
        i = extent - edge;
      }
      parts.push(write(axis + 1, position * extent + i));
    }
    const inner = shape.length - 1 - axis;
    return `[${parts.join(inner === 0 ? ", " : `,${"\n".repeat(inner)}${" ".repeat(8 + axis)}`)}]`;
  };
  let written = "[]";
  // The first time tells how wide numbers are.
  if (values.length > 0) for (let time = 0; time < 2; time++) written = write(0, 0);
  const facts = [dtype, ...(x.requiresGrad ? ["requiresGrad"] : [])];
  if (values.length === 0) facts.push(`shape [${shape.join(", ")}]`);
  return `tensor(${written}, ${facts.join(", ")})`;
}
