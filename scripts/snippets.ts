export interface Snippet {
  /** Where its code starts, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** False for a block opened by "```ts no-run": it must compile, nothing more. */
  readonly runs: boolean;
  /** What it must print: the "```text" or "```console" block that follows with only blank lines between. */
  readonly output?: string;
}

const block = /^```ts( no-run)?\n([\s\S]*?)^```$(?:\s*^```(?:text|console)\n([\s\S]*?)^```$)?/gm;

/**
 * Lists the "```ts" blocks of a Markdown text.
 *
 * @throws Error if a line opens a TypeScript block in another way, which would go untested
 */
export function extractSnippets(markdown: string): Snippet[] {
  const lineAt = (index: number) => markdown.slice(0, index).split("\n").length;
  const snippets = [...markdown.matchAll(block)].map(({ index, 1: noRun, 2: code, 3: output }) => ({
    line: lineAt(index) + 1,
    code,
    runs: noRun === undefined,
    output,
  }));
  for (const { index, 0: fence } of markdown.matchAll(/^.*```(ts|typescript)\b.*$/gm)) {
    if (!snippets.some((snippet) => snippet.line === lineAt(index) + 1))
      throw new Error(
        `line ${lineAt(index)}: expected "\`\`\`ts" or "\`\`\`ts no-run" alone, got "${fence}"`,
      );
  }
  return snippets;
}
