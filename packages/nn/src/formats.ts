export type {
  CsvColumnOptions,
  CsvOptions,
  CsvType,
  WhenMissing,
} from "./data/formats/csv/csv-options.ts";
export { type CsvRow, csvRows } from "./data/formats/csv/csv-rows.ts";
export { type CsvColumn, CsvTable, type SelectOptions } from "./data/formats/csv/csv-table.ts";
export { readCsv } from "./data/formats/csv/read-csv.ts";
export type { CsvSelection } from "./data/formats/csv/selection.ts";
export type { CsvChunk, CsvChunks } from "./data/formats/csv/text-chunks.ts";
export { type Idx, readIdx } from "./data/formats/idx.ts";
export type { UnpackOptions } from "./data/formats/inflate.ts";
export { type NpyOptions, readNpy, writeNpy } from "./data/formats/npy.ts";
export { type NpzOptions, readNpz, type WriteNpzOptions, writeNpz } from "./data/formats/npz.ts";
