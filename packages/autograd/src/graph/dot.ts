import type { Tensor } from "../tensor.ts";
import { walkClusters } from "./clusters.ts";
import { captionOf, describeGraph } from "./describe.ts";

/**
 * The graph behind a tensor, or several, in the DOT language of Graphviz: scopes are nested clusters, leaves are ellipses, what was asked for
 * has a double border.
 *
 * @see https://graphviz.org/doc/info/lang.html
 * @example
 * graphToDot(square(parameter([1, 2]))).split("\n")[4]; // "  n0 -> n1;"
 */
export function graphToDot(outputs: Tensor | readonly Tensor[]): string {
  const { nodes, outputs: asked } = describeGraph(outputs);
  const roots = new Set(asked.map((place) => place?.node));
  const lines = ["digraph isograd {", "  node [shape=box];"];
  const write = (depth: number, line: string): void => {
    lines.push("  ".repeat(depth) + line);
  };
  walkClusters(nodes, {
    open: (name, number, depth) => {
      write(depth, `subgraph cluster_${number} {`);
      write(depth + 1, `label=${quoted(name)};`);
    },
    node: (node, depth) => {
      const shape = node.op === null ? " shape=ellipse" : "";
      const border = roots.has(node.id) ? " peripheries=2" : "";
      write(depth, `n${node.id} [label=${quoted(captionOf(node))}${shape}${border}];`);
    },
    close: (depth) => write(depth, "}"),
  });
  for (const { id, inputs } of nodes) {
    for (const place of inputs) {
      if (place === null) continue;
      const label = nodes[place.node].outputs.length > 1 ? ` [label="${place.output}"]` : "";
      write(1, `n${place.node} -> n${id}${label};`);
    }
  }
  return `${lines.join("\n")}\n}\n`;
}

/** A label knows backslash escapes and character entities: both are for us to write. */
function quoted(text: string): string {
  // Almost always, and much faster.
  if (/^[\w .,()[\]\n-]*$/.test(text)) return `"${text.replaceAll("\n", "\\n")}"`;
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("&", "&amp;")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/\p{Cc}|\p{Cs}/gu, "\uFFFD");
  return `"${escaped}"`;
}
