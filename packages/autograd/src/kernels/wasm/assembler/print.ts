import type { ModuleDefinition } from "./module.ts";
import type { Func, Local, Reference } from "./term.ts";
import { type Visitor, walk } from "./walk.ts";

/** The module in WebAssembly's text format: a statement a line, expressions folded. */
export function printModule(definition: ModuleDefinition): string {
  const functions = [...new Set(Object.values(definition.exports))];
  const functionNames = new Names();
  const texts: string[] = [];
  for (const func of functions) {
    texts.push(printFunction(func, nameOf, exportClauses(definition, func))); // may append to this very list
  }
  return ["(module", ...memoryLines(definition), ...texts, ")"].join("\n");

  function nameOf(callee: Func): string {
    if (!functions.includes(callee)) functions.push(callee);
    return functionNames.of(callee);
  }
}

/** One function in the text format. */
export function printFunction(
  func: Func,
  functionName = (callee: Func) => `$${callee.name}`,
  clauses = "",
): string {
  const names = new Names();
  const locals = new Set<Local>(func.parameters);
  for (const parameter of func.parameters) names.of(parameter);
  const lines: string[] = [];
  let line = "";
  let depth = 2;

  const nameOf = (target: Reference): string => {
    if (target.space === "function") return functionName(target);
    if (target.space === "local") locals.add(target);
    return names.of(target);
  };
  const startLine = (text: string) => {
    if (line !== "") lines.push(line);
    line = "  ".repeat(depth) + text;
  };

  const visitor: Visitor = {
    open(term) {
      const label = term.block && names.of(term.block.label);
      const words = [term.mnemonic, label, ...term.immediates.map((immediate) => immediate.text(nameOf))];
      const head = `(${words.filter(Boolean).join(" ")}`;
      if (term.result === "void") startLine(head);
      else line += line.trim() === "" ? head : ` ${head}`;
    },
    run(term) {
      if (term.block !== undefined) depth++;
      if (term.mnemonic === "if") {
        startLine("(then");
        depth++;
      }
    },
    otherwise() {
      line += ")";
      depth--;
      startLine("(else");
      depth++;
    },
    close(term) {
      if (term.block !== undefined) depth -= term.mnemonic === "if" ? 2 : 1;
      line += term.mnemonic === "if" ? "))" : ")";
    },
  };
  walk(func.body, visitor);
  if (func.returns !== undefined) {
    startLine("");
    walk([func.returns], visitor);
  }
  startLine("");

  const declare = (keyword: string) => (local: Local) => ` (${keyword} ${names.of(local)} ${local.result})`;
  const parameters = func.parameters.map(declare("param")).join("");
  const result = func.result === "void" ? "" : ` (result ${func.result})`;
  const others = [...locals].slice(func.parameters.length).map(declare("local"));
  const head = `  (func ${functionName(func)}${clauses}${parameters}${result}`;
  const text = [head, ...others.map((other) => `   ${other}`), ...lines].join("\n");
  return `${text})`;
}

/** Distinct names for distinct things, though they may ask for the same. */
class Names {
  readonly #names = new Map<object, string>();
  readonly #uses = new Map<string, number>();

  of(target: Reference): string {
    let name = this.#names.get(target);
    if (name === undefined) {
      const uses = this.#uses.get(target.name) ?? 0;
      this.#uses.set(target.name, uses + 1);
      name = `$${target.name}${uses === 0 ? "" : `.${uses}`}`;
      this.#names.set(target, name);
    }
    return name;
  }
}

function exportClauses(definition: ModuleDefinition, func: Func): string {
  const names = Object.entries(definition.exports).filter(([, candidate]) => candidate === func);
  return names.map(([name]) => ` (export "${name}")`).join("");
}

function memoryLines({ memory }: ModuleDefinition): string[] {
  if (memory === undefined) return [];
  const importClause = memory.importedAs
    ? ` (import "${memory.importedAs[0]}" "${memory.importedAs[1]}")`
    : "";
  const exportClause = memory.exportedAs === undefined ? "" : ` (export "${memory.exportedAs}")`;
  const limits = [memory.minimum, memory.maximum, memory.shared ? "shared" : undefined];
  return [
    `  (memory${exportClause}${importClause} ${limits.filter((item) => item !== undefined).join(" ")})`,
  ];
}
