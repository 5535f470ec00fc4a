/** How deep the user's line may lie below layers, transforms and composites. */
const deepest = 256;

/** The line of the user's code that called the library; undefined where the host tells none, or where all code is in one bundle. */
export function callSite(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = deepest;
  try {
    return siteIn(new Error().stack);
  } finally {
    Error.stackTraceLimit = before;
  }
}

/**
 * The first frame outside the library, as it is written: what stands in the file of the first frame, or in a package of ours, is library.
 *
 * Reads the stacks of V8, SpiderMonkey and JavaScriptCore; paths and URLs, with either slash.
 */
export function siteIn(stack: unknown): string | undefined {
  if (typeof stack !== "string") return undefined;
  let own: string | undefined;
  for (const line of stack.split("\n")) {
    const frame = line.trim();
    const path = pathOf(frame);
    if (path === undefined) continue;
    own ??= path;
    if (path !== own && !isLibrary(path, own)) return frame.replace(/^at (?:async )?/, "");
  }
  return undefined;
}

/** In a package of ours as installed, in one that a bundler of dependencies has flattened to a file, or beside our own folder. */
function isLibrary(path: string, own: string): boolean {
  if (/\/@isograd\/(?:autograd|nn|diagnostics)\/(?:src|dist)\//.test(path)) return true;
  if (/\/@isograd_(?:autograd|nn|diagnostics)[^/]*$/.test(path)) return true;
  const siblings = /^.*\/(?=autograd\/(?:src|dist)\/)/.exec(own)?.[0];
  if (siblings === undefined || !path.startsWith(siblings)) return false;
  return /^(?:autograd|nn|diagnostics)\/(?:src|dist)\//.test(path.slice(siblings.length));
}

/** The file of a frame; undefined for frames of the host and of generated code. */
function pathOf(frame: string): string | undefined {
  const path = /^(.+):\d+:\d+$/.exec(locationOf(frame))?.[1];
  if (path === undefined || /^(?:node|native|internal|eval at|<)/.test(path) || path.includes(" > "))
    return undefined;
  const plain = path.replace(/[?#].*$/, "").replaceAll("\\", "/");
  const local = plain.startsWith("file://") ? decoded(plain.slice(7).replace(/^\/(?=[a-z]:)/i, "")) : plain;
  return local.replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}

/** `at f (location)`, `at location`, `f@location`, `location`. */
function locationOf(frame: string): string {
  if (frame.startsWith("at ")) {
    return frame.endsWith(")")
      ? frame.slice(frame.indexOf(" (") + 2, -1)
      : frame.replace(/^at (?:async )?/, "");
  }
  return frame.slice(frame.indexOf("@") + 1);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
