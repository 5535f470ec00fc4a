/** A piece of HTML that may be inserted as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Insert = Markup | string | number | null | readonly Insert[];

/** Makes HTML from a template: strings and numbers in it are escaped, pieces of HTML, lists of them and null (nothing) are not. */
export function html(fixed: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(fixed.map((text, k) => text + (k < inserts.length ? render(inserts[k]) : "")).join(""));
}

function render(insert: Insert): string {
  if (insert === null) return "";
  if (insert instanceof Markup) return insert.text;
  if (typeof insert === "object") return insert.map(render).join("");
  return String(insert).replace(/[&<>"']/g, (character) => entities[character]);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
