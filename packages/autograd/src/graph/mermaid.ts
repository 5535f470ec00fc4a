import type { Tensor } from "../tensor.ts";
import { walkClusters } from "./clusters.ts";
import { captionOf, describeGraph } from "./describe.ts";

/**
 * The graph behind a tensor, or several, as a Mermaid flowchart: scopes are nested subgraphs, leaves have round ends, what was asked for has
 * a double border.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 * @example
 * graphToMermaid(square(parameter([1, 2]))).split("\n")[3]; // "  n0 --> n1"
 */
export function graphToMermaid(outputs: Tensor | readonly Tensor[]): string {
  const { nodes, outputs: asked } = describeGraph(outputs);
  const roots = new Set(asked.map((place) => place?.node));
  const lines = ["flowchart TD"];
  const write = (depth: number, line: string): void => {
    lines.push("  ".repeat(depth) + line);
  };
  walkClusters(nodes, {
    open: (name, number, depth) => write(depth, `subgraph s${number}[${quoted(name)}]`),
    node: (node, depth) => {
      const [before, after] =
        node.op === null ? ["([", "])"] : roots.has(node.id) ? ["[[", "]]"] : ["[", "]"];
      write(depth, `n${node.id}${before}${quoted(captionOf(node))}${after}`);
    },
    close: (depth) => write(depth, "end"),
  });
  for (const { id, inputs } of nodes) {
    for (const place of inputs) {
      if (place === null) continue;
      const label = nodes[place.node].outputs.length > 1 ? `|${place.output}|` : "";
      write(1, `n${place.node} -->${label} n${id}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Quoted text is still read as Markdown and HTML: whatever could mean something there becomes a character code. */
function quoted(text: string): string {
  // Almost always, and much faster.
  if (/^[\w .,()[\]\n-]+$/.test(text)) return `"${text.replaceAll("\n", "<br/>")}"`;
  const coded = text.replace(/[^\p{L}\p{N} ,.()[\]\n\r\-_:/]/gu, (character) =>
    /\p{Cs}/u.test(character) ? "\uFFFD" : `#${character.codePointAt(0)};`,
  );
  // Empty text is no text to Mermaid.
  return `"${coded.replace(/\r\n?|\n/g, "<br/>") || " "}"`;
}
