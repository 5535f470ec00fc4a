import { ArgumentError } from "@isograd/autograd";
import { digestOf } from "./digest.ts";
import type { Safetensors } from "./safetensors.ts";

/** Under which name a file says that it is a checkpoint. */
const headKey = "__checkpoint__";
const formatVersion = 1;

/** What a checkpoint says of a part. */
export interface PartHead {
  readonly kind: string;
  readonly settings: unknown;
}

interface Head {
  readonly version: number;
  readonly parts: Readonly<Record<string, PartHead>>;
  readonly digest: string;
}

/** What makes parts that were captured a checkpoint. */
export function withHead({ tensors, metadata }: Safetensors, parts: Head["parts"]): Safetensors {
  const digest = digestOfParts({ tensors, metadata }, parts);
  const head: Head = { version: formatVersion, parts, digest };
  return {
    tensors,
    metadata: Object.assign(Object.create(null), metadata, { [headKey]: JSON.stringify(head) }),
  };
}

/** What else a file holds is left alone. */
function digestOfParts({ tensors, metadata }: Safetensors, parts: Head["parts"]): string {
  const belongs = (name: string): boolean => Object.hasOwn(parts, name.split(".", 1)[0]);
  const own = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => belongs(name)));
  return digestOf(own(tensors), { ...own(metadata), [headKey]: JSON.stringify(parts) });
}

/** @throws ArgumentError unless the file is a whole checkpoint */
export function readHead({ tensors, metadata }: Safetensors): Head {
  if (!Object.hasOwn(metadata, headKey))
    throw new ArgumentError(
      "restoreCheckpoint",
      "expected a checkpoint, with a list of its parts",
      Object.keys(metadata),
    );
  let head: Partial<Head> | null = null;
  try {
    head = JSON.parse(metadata[headKey]);
  } catch {}
  const { version, parts, digest } = head ?? {};
  if (version !== formatVersion || typeof parts !== "object" || parts === null)
    throw new ArgumentError(
      "restoreCheckpoint",
      `expected a checkpoint of version ${formatVersion}`,
      version,
    );
  const found = digestOfParts({ tensors, metadata }, parts);
  if (digest !== found)
    throw new ArgumentError(
      "restoreCheckpoint",
      `expected a whole checkpoint, with the digest ${digest}`,
      found,
    );
  return { version, parts, digest };
}
