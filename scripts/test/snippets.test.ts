import { describe, expect, it } from "vitest";
import { extractSnippets } from "../snippets.ts";

describe("extractSnippets", () => {
  it("pairs a block with the output block that follows it directly", () => {
    const markdown = [
      "# Title",
      "```ts",
      "console.log(1);",
      "```",
      "",
      "```text",
      "1",
      "```",
      "```ts",
      "log();",
      "```",
      "prints",
      "```console",
      "apart",
      "```",
      "```ts no-run",
      "forever();",
      "```",
      "```sh",
      "ls",
      "```",
    ].join("\n");
    expect(extractSnippets(markdown)).toEqual([
      { line: 3, code: "console.log(1);\n", runs: true, output: "1\n" },
      { line: 10, code: "log();\n", runs: true, output: undefined },
      { line: 17, code: "forever();\n", runs: false, output: undefined },
    ]);
  });

  it.each(["  ```ts", "```ts norun", "```typescript", "- ```ts"])("rejects the fence %j", (fence) => {
    expect(() =>
      extractSnippets(`text\n\n${fence}\ncode();\n${" ".repeat(fence.indexOf("`"))}\`\`\``),
    ).toThrow(`line 3: expected "\`\`\`ts" or "\`\`\`ts no-run" alone, got "${fence}"`);
  });
});
