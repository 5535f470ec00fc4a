import { resolve } from "node:path";
import ts from "typescript";
import type { Example } from "./doc-examples.ts";
import { readShown } from "./shown-value.ts";

/** What an example looks for behind an expression. */
export type Expected =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "error"; readonly name: string; readonly message: string };

export interface ExampleProgram {
  readonly example: Example;
  /** A module whose function `example` takes `Props` and runs the example. */
  readonly text: string;
  /** In the order of the numbers by which the program asks for them. */
  readonly checks: readonly { readonly line: number; readonly expected: Expected }[];
}

/** What an example may name without importing it. */
export interface Surroundings {
  /** Public names with the modules that they come from. */
  readonly names: ReadonlyMap<string, { readonly specifier: string; readonly isValue: boolean }>;
  /** A source file, and what its function `stage` returns. */
  readonly stage?: { readonly file: string; readonly names: ReadonlySet<string> };
}

/** Makes modules of examples; of those that cannot be read says why not. */
export function readPrograms(
  examples: readonly Example[],
  surroundings: Surroundings,
): { readonly programs: readonly ExampleProgram[]; readonly unreadable: readonly string[] } {
  const programs: ExampleProgram[] = [];
  const unreadable: string[] = [];
  for (const example of examples) {
    try {
      programs.push(exampleProgram(example, surroundings));
    } catch (error) {
      unreadable.push((error as Error).message);
    }
  }
  return { programs, unreadable };
}

/**
 * Makes a module of an example, with the imports of what it names.
 *
 * @throws Error if it cannot be read, or a comment behind a statement is no value
 */
export function exampleProgram(example: Example, surroundings: Surroundings): ExampleProgram {
  const { code, line, file } = example;
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const lineAt = (position: number) => line + source.getLineAndCharacterOfPosition(position).line;
  const problem = (position: number, what: string) => new Error(`${file}:${lineAt(position)}: ${what}`);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  for (const { start = 0, messageText } of parseDiagnostics)
    throw problem(start, ts.flattenDiagnosticMessageText(messageText, "\n"));

  const checks: ExampleProgram["checks"][number][] = [];
  const used = new Set<string>();
  const outside: string[] = [];
  let text = "";
  let written = 0;
  let seen = 0;
  const replace = (node: ts.Node, by: string): void => {
    text += code.slice(written, node.getStart()) + by;
    written = node.end;
  };
  const look = (statement: ts.Statement): void => {
    const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
    if (comment === undefined || comment.pos < seen) return;
    seen = comment.end;
    if (!ts.isExpressionStatement(statement))
      throw problem(statement.end, "a comment behind anything but an expression is not looked at");
    const expected = readExpected(code.slice(comment.pos));
    if (expected === null) throw problem(comment.pos, "the comment is no value that can be compared");
    const { expression } = statement;
    // What throws is often what the compiler warns of, too.
    const start = expected.kind === "error" ? "\n// @ts-ignore\n" : "";
    replace(expression, `await $.check(${checks.length}, ${start}async () => (${expression.getText()}))`);
    checks.push({ line: lineAt(expression.getStart()), expected });
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isImportDeclaration(node) || ts.isModuleDeclaration(node)) {
      outside.push(node.getText());
      replace(node, "");
      return;
    }
    if (ts.isIdentifier(node) && !isMember(node)) used.add(node.text);
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
    if (ts.isStatement(node) && !inFunction) look(node);
  };
  visit(source, false);
  text += code.slice(written);
  return { example, text: moduleOf(text, used, outside, surroundings), checks };
}

function moduleOf(
  code: string,
  used: ReadonlySet<string>,
  outside: readonly string[],
  { names, stage }: Surroundings,
): string {
  const clauses = new Map<string, string[]>();
  const put = (specifier: string, clause: string): void => {
    clauses.set(specifier, [...(clauses.get(specifier) ?? []), clause]);
  };
  put(resolve("scripts/examples/props.ts"), "type Props as $Props");
  for (const name of used) {
    const from = names.get(name);
    if (from !== undefined) put(from.specifier, from.isValue ? name : `type ${name}`);
  }
  const props = [...used].filter((name) => stage?.names.has(name));
  if (stage !== undefined && props.length > 0) put(resolve(stage.file), "stage as $stage");
  const lines = [...clauses].map(
    ([from, list]) => `import { ${list.join(", ")} } from ${JSON.stringify(from)};`,
  );
  return `${[...lines, ...outside].join("\n")}
export async function example($: $Props): Promise<void> {
${used.has("folder") ? "const { folder } = $;" : ""}
${props.length > 0 ? `const { ${props.join(", ")} } = $stage();` : ""}
{
${code}
}
}
`;
}

/** What the comment shows that `text` begins with; a value may go on in the comments of the next lines. */
function readExpected(text: string): Expected | null {
  const [first, ...rest] = text.split("\n");
  let shown = first.replace(/^\/\/\s*/, "").trimEnd();
  const throws = /^throws (\w+)(?:: (.+))?$/.exec(shown);
  if (throws !== null) return { kind: "error", name: throws[1], message: throws[2] ?? "" };
  for (const line of rest) {
    if (readShown(shown) !== null) break;
    const more = /^\s*\/\/(.*)$/.exec(line);
    if (more === null) break;
    shown += `\n${more[1]}`;
  }
  return readShown(shown) === null ? null : { kind: "value", text: shown };
}

/** Whether a name belongs to what is in front of it, or to the object that is written around it. */
function isMember(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    (ts.isPropertyAccessExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === name
  );
}
