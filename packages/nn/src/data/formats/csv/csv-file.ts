import { basename } from "node:path";
import { withFile } from "../../../saving/file-source.ts";
import type { ByteSource } from "../../../saving/safetensors.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { CsvTable } from "./csv-table.ts";
import { decodeCsv } from "./read-csv.ts";

/**
 * Reads a file of comma-separated values, part by part. Options and errors are those of `readCsv`.
 *
 * @throws ArgumentError naming line and column; errors of the file system
 * @see pandas.read_csv
 * @example
 * replaceFile(`${folder}/points.csv`, (write) => write(new TextEncoder().encode("x,y\n1,2\n3,4\n")));
 * loadCsv(`${folder}/points.csv`).select({ inputs: ["x", "y"] }).inputs; // [[1, 2], [3, 4]]
 */
export function loadCsv(file: string, options?: CsvOptions): CsvTable {
  const operation = `loadCsv(${basename(file)})`;
  return withFile(operation, file, (source) => decodeCsv(operation, parts(source), options));
}

const partBytes = 2 ** 20;

function* parts({ size, fill }: ByteSource): Generator<Uint8Array> {
  for (let at = 0; at < size; at += partBytes) {
    const part = new Uint8Array(Math.min(partBytes, size - at));
    fill(at, part);
    yield part;
  }
}
