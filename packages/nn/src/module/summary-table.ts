import type { Shape } from "@isograd/autograd";

/** One module of a model. */
export interface SummaryRow {
  /** Empty for the model itself. */
  readonly path: string;
  /** The name of the class. */
  readonly layer: string;
  /** Of each tensor of its result, at its last call; none if it was not called. */
  readonly outputShapes: readonly Shape[];
  /** How many numbers it learns: its own, not those of modules below; what is held twice counts where it is held first. */
  readonly parameters: number;
  /** Floating-point operations of all its calls, those of modules below not counted. */
  readonly flops: number;
  /** Bytes that a backward pass reads, counted where they are kept first: inputs, outputs and weights, those of modules below not counted. */
  readonly keptBytes: number;
}

/** What a model is made of, and what a call of it takes; printed, a table. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  /** Those of them that are not frozen. */
  readonly trainable: number;
  readonly parameterBytes: number;
  readonly bufferBytes: number;
  readonly flops: number;
  readonly keptBytes: number;
  toString(): string;
}

const header = ["layer", "output", "parameters", "flops", "kept"] as const;

/** The rows as a table, the sums below. */
export function tableOf(summary: Summary): string {
  const { rows, parameters, trainable, parameterBytes, bufferBytes, flops, keptBytes } = summary;
  const cells = rows.map((row) => [
    row.path === "" ? row.layer : `${row.path}: ${row.layer}`,
    row.outputShapes.map((shape) => `[${shape.join(", ")}]`).join(" "),
    counted(row.parameters),
    counted(row.flops),
    bytes(row.keptBytes),
  ]);
  cells.push(["total", "", counted(parameters), counted(flops), bytes(keptBytes)]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column].length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, k) => (k < 2 ? text.padEnd(widths[k]) : text.padStart(widths[k])))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const notes = [
    `${counted(trainable)} of ${counted(parameters)} parameters are trained`,
    `parameters ${bytes(parameterBytes)}, buffers ${bytes(bufferBytes)}`,
  ];
  const lines = cells.map(line);
  return [line(header), rule, ...lines.slice(0, -1), rule, ...lines.slice(-1), ...notes].join("\n");
}

const counted = (count: number): string => count.toLocaleString("en-US");

function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let [value, unit] = [count, 0];
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
