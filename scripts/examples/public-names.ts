import { readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";
import ts from "typescript";

export interface PublicName {
  /** What the name is in the running program; an interface is nothing there. */
  readonly isValue: boolean;
  /** What carries the doc comments, several for several signatures; looked for when asked for, since it takes reading the file. */
  readonly declarations: () => readonly ts.Node[];
}

export interface Entry {
  /** As a program imports it: "@isograd/nn/node". */
  readonly specifier: string;
  readonly file: string;
}

/** The entries of packages/<name>, as its package.json names them, the main one first. */
export function entriesOf(name: string): Entry[] {
  const folder = join("packages", name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.entries<string | Record<string, string>>(exports).flatMap(([path, target]) => {
    // A plain path is a file of data.
    if (typeof target === "string") return [];
    return [{ specifier: join("@isograd", name, path), file: join(folder, target["@isograd/source"]) }];
  });
}

const known = new Map<string, ReadonlyMap<string, PublicName>>();

/** What a source file exports, through any number of others in the same package. */
export function publicNames(file: string): ReadonlyMap<string, PublicName> {
  const names = known.get(file) ?? readNames(file);
  known.set(file, names);
  return names;
}

function readNames(file: string): ReadonlyMap<string, PublicName> {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(relative(".", file), text, ts.ScriptTarget.Latest, true);
  const own = new Map<string, PublicName>();
  const found = new Map<string, PublicName>();
  for (const statement of source.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    const isExported = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    for (const name of namesDeclaredBy(statement)) {
      const before = own.get(name);
      const declarations = [...(before?.declarations() ?? []), statement];
      const isValue = !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
      own.set(name, { isValue: isValue || (before?.isValue ?? false), declarations: () => declarations });
      if (isExported) found.set(name, own.get(name) as PublicName);
    }
  }
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier, isTypeOnly } = statement;
    const path = (moduleSpecifier as ts.StringLiteral | undefined)?.text;
    const from = () => (path === undefined ? own : publicNames(normalize(join(file, "..", path))));
    if (exportClause === undefined) for (const [name, entry] of from()) found.set(name, entry);
    else if (ts.isNamedExports(exportClause))
      for (const element of exportClause.elements) {
        const original = (element.propertyName ?? element.name).text;
        found.set(element.name.text, {
          isValue: !isTypeOnly && !element.isTypeOnly,
          declarations: () => from().get(original)?.declarations() ?? [],
        });
      }
  }
  return found;
}

function namesDeclaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}
