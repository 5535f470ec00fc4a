import ts from "typescript";

export interface Example {
  /** What it is an example of: "relu", "Module.call". */
  readonly name: string;
  readonly file: string;
  /** Where its code starts, counted from 1. */
  readonly line: number;
  readonly code: string;
}

/** The `@example`s in the doc comments of a declaration, and of the members of a class or an interface. */
export function examplesOf(name: string, declaration: ts.Node): Example[] {
  const found = ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .flatMap((comment) => {
      const source = comment.getSourceFile();
      const first = source.getLineAndCharacterOfPosition(comment.getStart()).line + 1;
      return examplesIn(comment.getText()).map(({ line, code }) => ({
        name,
        file: source.fileName,
        line: first + line,
        code,
      }));
    });
  const members =
    ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration) ? declaration.members : [];
  for (const member of members)
    found.push(...examplesOf(`${name}.${member.name?.getText() ?? "new"}`, member));
  return found;
}

/** Lines are counted from 0. The compiler's own reading ends an example at any "@". */
function examplesIn(comment: string): { readonly line: number; readonly code: string }[] {
  const text = comment.replace(/\s*\*\/$/, "");
  const lines = text.split("\n").map((line) => line.replace(/^\s*(\/\*)?\*+( |$)/, ""));
  const found: { line: number; code: string }[] = [];
  let open: { line: number; code: string } | undefined;
  for (const [at, line] of lines.entries()) {
    const tag = /^@(\w+)\s*(.*)$/.exec(line);
    if (tag !== null) open = undefined;
    if (tag?.[1] === "example") {
      open = { line: tag[2] === "" ? at + 1 : at, code: tag[2] === "" ? "" : `${tag[2]}\n` };
      found.push(open);
    } else if (open !== undefined) open.code += `${line}\n`;
  }
  return found;
}
