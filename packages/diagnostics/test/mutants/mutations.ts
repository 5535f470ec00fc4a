/** One change to a source: a threshold or a step of a statistic that is not what it should be. */
export interface Mutation {
  /** Such as `12:7 100 to 200`. */
  readonly name: string;
  readonly apply: (source: string) => string;
}

/** What is no code: comments, strings and templates without their expressions, imports, types. */
const notCode =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"|^import[\s\S]*?;$|^export (?:type|interface)[\s\S]*?^}$|^interface[\s\S]*?^}$/gm;
const template = /`(?:[^`\\]|\\.)*`/g;

const comparisons: Readonly<Record<string, string>> = {
  " < ": " >= ",
  " > ": " <= ",
  " <= ": " > ",
  " >= ": " < ",
  " === ": " !== ",
  " !== ": " === ",
  " && ": " || ",
  " || ": " && ",
  " - ": " + ",
  " * ": " / ",
  " / ": " * ",
};

const pattern = /(?<![\w.$])(?:\d+\.?\d*(?:e-?\d+)?)(?![\w$])| (?:<=?|>=?|[!=]==|&&|\|\||[-*/]) /g;

/** Every mutation of a source: numbers doubled (0 becomes 1), comparisons and connectives turned round, signs and products exchanged. */
export function mutationsOf(source: string): Mutation[] {
  const blank = (text: string): string => text.replace(/[^\n]/g, " ");
  const code = source.replace(notCode, blank).replace(template, blank);
  return [...code.matchAll(pattern)].map(({ 0: found, index }) => {
    const changed = comparisons[found] ?? String(Number(found) === 0 ? 1 : 2 * Number(found));
    const before = source.slice(0, index);
    const line = before.split("\n").length;
    const column = index - before.lastIndexOf("\n");
    return {
      name: `${line}:${column} ${found.trim()} to ${changed.trim()}`,
      apply: (whole) => whole.slice(0, index) + changed + whole.slice(index + found.length),
    };
  });
}
