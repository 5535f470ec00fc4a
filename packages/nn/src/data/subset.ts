import { ArgumentError, concat, type Tensor } from "@isograd/autograd";
import { type Batch, type Dataset, readTable, type Table } from "./dataset.ts";
import { gatherRows } from "./gather-rows.ts";
import { type RowDataset, type Rows, rowDataset } from "./rows.ts";
import { checkRows } from "./sampler.ts";

/** Columns, or rows to be had one by one. */
export type AnyData = Dataset | Rows<unknown>;

export const isRows = (data: AnyData): data is Rows<unknown> =>
  Array.isArray(data) || typeof (data as Partial<RowDataset<unknown>> | null)?.row === "function";

/** How many rows there are. */
export const countRows = (operation: string, data: AnyData): number =>
  isRows(data) ? rowDataset(operation, data).length : readTable(operation, data).rows;

/**
 * Some rows of a dataset, in the order given: columns are copied, rows that are read one by one are read when they are wanted.
 *
 * @param rows places from 0 on; one may come several times
 * @throws ArgumentError if there is no row at a place
 * @see torch.utils.data.Subset
 * @example
 * subset({ inputs: Float32Array.of(5, 6, 7) }, [2, 0]).inputs; // [7, 5]
 */
export function subset<D extends Dataset>(data: D, rows: ArrayLike<number>): Batch<D>;
export function subset<Row>(data: Rows<Row>, rows: ArrayLike<number>): RowDataset<Row>;
export function subset(data: AnyData, rows: ArrayLike<number>): Batch<Dataset> | RowDataset<unknown> {
  if (isRows(data)) {
    const source = rowDataset("subset", data);
    const places = checkRows("subset", rows, source.length);
    return { length: places.length, row: (index) => source.row(places[index]) };
  }
  const table = readTable("subset", data);
  const places = checkRows("subset", rows, table.rows);
  return mapColumns(table, (column) => gatherRows(column, places));
}

/**
 * Datasets one behind the other: columns with the same names, element types and shapes of rows, or rows that are read one by one.
 *
 * @throws ArgumentError without datasets, or if names differ; ShapeError or DtypeError if columns do not fit together
 * @see torch.utils.data.ConcatDataset
 * @example
 * concatDatasets([{ inputs: Float32Array.of(1, 2) }, { inputs: Float32Array.of(3) }]).inputs; // [1, 2, 3]
 */
export function concatDatasets<D extends Dataset>(data: readonly D[]): Batch<D>;
export function concatDatasets<Row>(data: readonly Rows<Row>[]): RowDataset<Row>;
export function concatDatasets(data: readonly AnyData[]): Batch<Dataset> | RowDataset<unknown> {
  if (data.length === 0) throw new ArgumentError("concatDatasets", "expected at least one dataset", data);
  if (data.every(isRows)) return concatRows(data.map((rows) => rowDataset("concatDatasets", rows)));
  const tables = data.map((columns) => readTable("concatDatasets", columns as Dataset));
  return mapColumns(tables[0], (_, name) =>
    concat(
      tables.map(({ columns }) => {
        const found = columns.find(([other]) => other === name);
        if (found === undefined || columns.length !== tables[0].columns.length)
          throw new ArgumentError(
            "concatDatasets",
            `expected columns ${tables[0].columns.map(([other]) => other).join(", ")} in each`,
            columns.map(([other]) => other),
          );
        return found[1];
      }),
    ),
  );
}

function concatRows(sources: readonly RowDataset<unknown>[]): RowDataset<unknown> {
  const starts: number[] = [];
  let length = 0;
  for (const source of sources) {
    starts.push(length);
    length += source.length;
  }
  return {
    length,
    row: (index) => {
      const place = starts.findLastIndex((start) => start <= index);
      return sources[place].row(index - starts[place]);
    },
  };
}

const mapColumns = (table: Table, f: (column: Tensor, name: string) => Tensor): Batch<Dataset> =>
  Object.fromEntries(table.columns.map(([name, column]) => [name, f(column, name)]));
