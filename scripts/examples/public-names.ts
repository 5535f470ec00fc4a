import { readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";
import ts from "typescript";

export interface PublicName {
  readonly name: string;
  /** What the name is in the running program; an interface is nothing there. */
  readonly isValue: boolean;
  /** What carries the doc comments, several for several signatures. */
  readonly declarations: readonly ts.Node[];
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
  return Object.entries<Record<string, string>>(exports).map(([path, conditions]) => ({
    specifier: join("@isograd", name, path),
    file: join(folder, conditions["@isograd/source"]),
  }));
}

const known = new Map<string, Map<string, PublicName>>();

/** What a source file exports, through any number of others in the same package. */
export function publicNames(file: string): Map<string, PublicName> {
  const found = known.get(file) ?? new Map<string, PublicName>();
  if (known.has(file)) return found;
  known.set(file, found);
  const own = new Map<string, PublicName>();
  const put = (name: string, isValue: boolean, documented: ts.Node, isExported: boolean): void => {
    const declarations = [...(own.get(name)?.declarations ?? []), documented];
    const entry = { name, isValue: isValue || (own.get(name)?.isValue ?? false), declarations };
    own.set(name, entry);
    if (isExported) found.set(name, entry);
  };
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(relative(".", file), text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    const isExported = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) put(name.text, true, statement, isExported);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined) put(statement.name.text, true, statement, isExported);
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      put(statement.name.text, false, statement, isExported);
    }
  }
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier } = statement;
    const path = moduleSpecifier && (moduleSpecifier as ts.StringLiteral).text;
    const from = path === undefined ? own : publicNames(normalize(join(file, "..", path)));
    if (exportClause === undefined) for (const [name, entry] of from) found.set(name, entry);
    else if (ts.isNamedExports(exportClause))
      for (const { name, propertyName, isTypeOnly } of exportClause.elements) {
        const entry = from.get((propertyName ?? name).text);
        if (entry === undefined) throw new Error(`${file}: "${name.text}" is not found where it comes from`);
        const isValue = entry.isValue && !isTypeOnly && !statement.isTypeOnly;
        found.set(name.text, { ...entry, name: name.text, isValue });
      }
  }
  return found;
}
