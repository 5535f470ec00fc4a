import type { Dtype } from "./dtype.ts";
import { denseData, type Strided } from "./kernels/strided.ts";

const edge = 3;
const longest = 8;

/** A tensor as readable text: nested brackets, six significant digits, the middle of long axes left out. */
export function printTensor(x: Strided & { readonly dtype: Dtype; readonly requiresGrad: boolean }): string {
  const values = denseData(x);
  const texts = formatNumbers(
    shown(x.shape).map((position) => values[position]),
    x.dtype,
  );
  let next = 0;
  // Depth here is the rank, which is small by nature.
  const write = (axis: number): string => {
    if (axis === x.shape.length) return texts[next++];
    const extent = x.shape[axis];
    const parts =
      extent > longest
        ? [...repeat(edge, () => write(axis + 1)), "...", ...repeat(edge, () => write(axis + 1))]
        : repeat(extent, () => write(axis + 1));
    const separator =
      axis === x.shape.length - 1
        ? ", "
        : `,${"\n".repeat(x.shape.length - 1 - axis)}${" ".repeat(8 + axis)}`;
    return `[${parts.join(separator)}]`;
  };
  const facts = [
    x.dtype,
    ...(x.requiresGrad ? ["requiresGrad"] : []),
    ...(values.length === 0 ? [`shape [${x.shape.join(", ")}]`] : []),
  ];
  return `tensor(${values.length === 0 ? "[]" : write(0)}, ${facts.join(", ")})`;
}

const repeat = (count: number, part: () => string): string[] => Array.from({ length: count }, part);

/** The positions of the elements that are printed, in order. */
function shown(shape: readonly number[]): number[] {
  let positions = [0];
  for (const extent of shape) {
    const kept = Array.from({ length: extent }, (_, i) => i).filter(
      (i) => extent <= longest || i < edge || i >= extent - edge,
    );
    positions = positions.flatMap((position) => kept.map((i) => position * extent + i));
  }
  return shape.includes(0) ? [] : positions;
}

function formatNumbers(values: readonly number[], dtype: Dtype): string[] {
  if (dtype === "bool") return values.map((value) => String(value !== 0));
  const texts = values.map(dtype === "i32" ? String : formatNumber);
  const width = Math.max(0, ...texts.map((text) => text.length));
  return values.length > 1 ? texts.map((text) => text.padStart(width)) : texts;
}

const formatNumber = (value: number): string =>
  Object.is(value, -0) ? "-0" : String(Number(value.toPrecision(6)));
