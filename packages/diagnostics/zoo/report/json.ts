/** JSON as the formatter lays it out: lists without lists or objects in them on a line of their own; numbers with as many digits as are told apart. */
export function jsonText(value: unknown, digits = 4): string {
  const text = JSON.stringify(value, (_, each: unknown) => rounded(each, digits), 2);
  return `${text.replace(/\[\n\s*([^[\]{}]*?)\n\s*\]/g, (_, list: string) => `[${list.replace(/\s*\n\s*/g, " ")}]`)}\n`;
}

export const rounded = (value: unknown, digits: number): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
