import { inspect } from "node:util";

/** Colours text, or leaves it as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
}

const wrap =
  (color: keyof typeof inspect.colors) =>
  (text: string): string => {
    const [on, off] = inspect.colors[color] as [number, number];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };

const colored: Paint = {
  bold: wrap("bold"),
  dim: wrap("dim"),
  bad: wrap("red"),
  good: wrap("green"),
  warn: wrap("yellow"),
};

const same = (text: string): string => text;

const plain: Paint = { bold: same, dim: same, bad: same, good: same, warn: same };

/** Colours where the stream shows them; NO_COLOR and FORCE_COLOR are heeded. */
export function paintFor(stream: { hasColors?: () => boolean }): Paint {
  return stream.hasColors?.() === true ? colored : plain;
}
