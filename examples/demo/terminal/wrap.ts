/** Breaks a line at spaces into pieces of at most `width`; the later ones are indented as what follows its label. */
export function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const label = /^(?:\s+[\p{L} ]+:\s+|\s*[✓✗]\s+|\s*)/u.exec(line)?.[0].length ?? 0;
  const indent = " ".repeat(Math.min(label, Math.floor(width / 2)));
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const at = space > indent.length ? space : width; // a word longer than the line is cut
    pieces.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...pieces, rest];
}

/** Breaks every line; never around `=` or `<`, so that `p = 0.01` stays whole. */
export const wrapText = (text: string, width: number): string[] =>
  text
    .replace(/ ([=<]) /g, "\u00a0$1\u00a0")
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .map((line) => line.replaceAll("\u00a0", " "));
