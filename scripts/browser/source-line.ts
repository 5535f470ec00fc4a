import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";

/**
 * The file and the line as they were written, for a frame of a stack that lies in a bundle in `folder`, such as
 * `f (http://127.0.0.1:80/chunk.js:1:2)`.
 *
 * @throws Error if the frame names no place, or none that the source map knows
 */
export function sourceLine(folder: string, frame: string): string {
  const [, script, line, column] = /([^/]+\.js):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (script === undefined) throw new Error(`expected a place in a script, got ${frame}`);
  const map = new SourceMap(JSON.parse(readFileSync(join(folder, `${script}.map`), "utf8")));
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!("originalSource" in entry)) throw new Error(`the source map does not know ${frame}`);
  const { originalSource, originalLine } = entry;
  const sources: string[] = map.payload.sources;
  const text = map.payload.sourcesContent[sources.indexOf(originalSource)].split("\n")[originalLine];
  return `${originalSource.replace(/^.*\//, "")}: ${text.trim()}`;
}
