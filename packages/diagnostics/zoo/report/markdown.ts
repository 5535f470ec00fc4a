/** Text that Markdown takes for nothing else, on one line. */
export function plain(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").replace(/[\\`*_{}[\]<|~#$]/g, "\\$&");
}

/** A table as the formatter lays it out; cells are Markdown already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((head, k) => Math.max(3, head.length, ...rows.map((cells) => cells[k].length)));
  const line = (cells: readonly string[], fill = " "): string =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k], fill)).join(" | ")} |`;
  return [
    line(heads),
    line(
      heads.map(() => ""),
      "-",
    ),
    ...rows.map((cells) => line(cells)),
  ];
}
