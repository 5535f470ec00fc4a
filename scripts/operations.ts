import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { examplesOf } from "./examples/doc-examples.ts";
import { readShown } from "./examples/shown-value.ts";

/** A public function as its doc comment describes it. */
export interface Operation {
  readonly name: string;
  /** The names of its parameters, `?` behind those that can be left out. */
  readonly parameters: readonly string[];
  readonly text: string;
  /** What the comment says of parameters, in their order. */
  readonly notes: readonly string[];
  readonly returns: string | undefined;
  readonly throws: string | undefined;
  readonly sources: readonly string[];
  /** A call and what it gives: what the comment's first example begins with, where that is such a line, and a short one. */
  readonly example: { readonly call: string; readonly value: string } | undefined;
}

/** Families of operations, the files that list what they export, and from which files of theirs. */
export const families: readonly (readonly [title: string, index: string, from?: RegExp])[] = [
  ["Element by element", "packages/autograd/src/ops/elementwise/index.ts"],
  ["Moving elements", "packages/autograd/src/ops/movement/index.ts"],
  ["Picking and scattering", "packages/autograd/src/ops/indexing/index.ts"],
  ["Reductions, scans, order and statistics", "packages/autograd/src/ops/reductions/index.ts"],
  ["Products of matrices and vectors", "packages/autograd/src/ops/products/index.ts"],
  ["Linear algebra", "packages/autograd/src/ops/linalg/index.ts"],
  ["Over windows and images", "packages/autograd/src/ops/spatial/index.ts"],
  ["Activations", "packages/autograd/src/index.ts", /^\.\/activations\/(?!define|registry)/],
  ["Layers as functions", "packages/autograd/src/functional/index.ts"],
  ["Losses (in @isograd/nn)", "packages/nn/src/index.ts", /^\.\/losses\//],
];

/** The functions that a file exports again from others, in alphabetical order. */
export function operationsOf(index: string, from = /./): Operation[] {
  const found: Operation[] = [];
  for (const statement of parse(index).statements) {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) continue;
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause) || moduleSpecifier === undefined)
      continue;
    const { text: specifier } = moduleSpecifier as ts.StringLiteral;
    if (!from.test(specifier)) continue;
    const file = join(dirname(index), specifier);
    const declared = declarationsIn(file);
    for (const { name, isTypeOnly, propertyName } of exportClause.elements) {
      const declaration = declared.get((propertyName ?? name).text);
      if (!isTypeOnly && declaration !== undefined) found.push(describe(name.text, declaration));
    }
  }
  return found.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function parse(file: string): ts.SourceFile {
  if (!existsSync(file)) throw new Error(`${file} is not there`);
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

interface Declaration {
  /** What carries the comment. */
  readonly documented: ts.Node;
  readonly parameters: readonly string[];
}

function declarationsIn(file: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const statement of parse(file).statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      const { text } = statement.name;
      // Of several signatures the first carries the comment.
      if (!found.has(text)) found.set(text, { documented: statement, parameters: parametersOf(statement) });
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, type, initializer } of statement.declarationList.declarations)
      found.set(name.getText(), {
        documented: statement,
        parameters: parametersOfConstant(type, initializer),
      });
  }
  return found;
}

function parametersOf({ parameters }: ts.SignatureDeclaration): string[] {
  return parameters.map(({ name, questionToken, initializer, dotDotDotToken }) => {
    const written = ts.isIdentifier(name) ? name.text : "options";
    return `${dotDotDotToken === undefined ? "" : "..."}${written}${questionToken || initializer ? "?" : ""}`;
  });
}

function parametersOfConstant(type: ts.TypeNode | undefined, value: ts.Expression | undefined): string[] {
  if (value !== undefined && ts.isArrowFunction(value)) return parametersOf(value);
  const [name, ...rest] = (type?.getText() ?? "").split(/[<,>]/);
  if (name === "Binary" || name === "OnlySecond") return ["a", "b"];
  const learnable = rest[0]?.startsWith('"')
    ? rest[0].split("|").map((each) => each.trim().replaceAll('"', ""))
    : [];
  return name === "Composite" || name === "Gate" ? ["x", "axis?"] : ["x", ...learnable];
}

function describe(name: string, { documented, parameters }: Declaration): Operation {
  const tags = ts.getJSDocTags(documented);
  const flat = (comment: ts.JSDocTag["comment"]): string =>
    (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim();
  const tagged = (tag: string): string[] =>
    tags
      .filter(({ tagName }) => tagName.text === tag)
      .map((each) =>
        each
          .getText()
          .replace(/^@\w+/, "")
          .replace(/\n\s*\*/g, " ")
          .replace(/\s+/g, " ")
          .trim(),
      );
  const comments = ts.getJSDocCommentsAndTags(documented).filter(ts.isJSDoc);
  return {
    name,
    parameters,
    text: comments.map(({ comment }) => flat(comment)).join(" "),
    notes: tags.filter(ts.isJSDocParameterTag).map((tag) => `${tag.name.getText()}: ${flat(tag.comment)}`),
    returns: tagged("returns")[0],
    throws: tagged("throws")[0],
    sources: tagged("see").flatMap((text) => text.split(";").map((each) => each.trim())),
    example: exampleOf(name, documented),
  };
}

/** So long may an example be to stand in one line of the page. */
const longest = 110;

function exampleOf(name: string, documented: ts.Node): Operation["example"] {
  const [line = ""] = examplesOf(name, documented)[0]?.code.split("\n") ?? [];
  const [, call, value] = /^(.+); \/\/ (.+)$/.exec(line) ?? [];
  if (call === undefined || readShown(value) === null || call.length + value.length > longest)
    return undefined;
  return { call, value };
}

/** All families as one Markdown page. */
export function operationsPage(): string {
  const sections = families.map(([title, index, from]) => {
    const entries = operationsOf(index, from).map(entry);
    return `## ${title}\n\n${entries.join("\n")}\n`;
  });
  return `${head}\n${sections.join("\n")}`;
}

const head = `# Operations

Every operation, with shapes in brackets, the convention where a derivative has a choice, and where it comes from. This page is made from the
comments in the source by \`pnpm operations\`. Operands broadcast where several are taken element by element; derivatives exist to any order, by
reverse and by forward mode, and under \`vmap\`. Where nothing else is said, the derivative is that of the formula; at kinks it is PyTorch's.
The examples run as tests; most comments have more of them, of options and derivatives too.
`;

function entry({ name, parameters, text, notes, returns, throws, sources, example }: Operation): string {
  const lines = [
    `- **\`${name}(${parameters.join(", ")})\`** ${escaped(text)}`,
    ...(example === undefined ? [] : [`  \`${example.call}\` gives \`${example.value}\`.`]),
    ...(notes.length === 0 ? [] : [`  With ${notes.map(escaped).join("; ")}.`]),
    ...(returns === undefined ? [] : [`  Returns ${escaped(returns)}.`]),
    ...(throws === undefined ? [] : [`  Throws ${escaped(throws)}.`]),
    ...(sources.length === 0 ? [] : [`  Source: ${sources.map(escaped).join("; ")}.`]),
  ];
  return lines.join("\n");
}

/** Text as Markdown would not read it otherwise. */
const escaped = (text: string): string => text.replace(/[*_<>|]/g, (mark) => `\\${mark}`);
