import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import ts from "typescript";

export interface Architecture {
  /** Per package its layers in reading order, `"a <- b/c <- b/d"`; names between two arrows share a layer. */
  readonly layers: Readonly<Record<string, string>>;
  /** Per `package`, or per `package/layer` where that differs, the packages that it may import. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
}

export interface Violation {
  readonly file: string;
  readonly rule: "circle" | "upward" | "layer" | "package" | "unresolved";
  readonly detail: string;
}

interface Source {
  /** Path from the root of the repository, with forward slashes, as in all violations. */
  readonly file: string;
  readonly package: string;
  readonly layer: string;
  /** What it imports, as written: values, types, re-exports, `import()` of both kinds. */
  readonly specifiers: readonly string[];
}

/** Reads packages/<name>/src below `root` and lists what breaks `architecture`, type imports included. */
export function checkImports(root: string, architecture: Architecture): Violation[] {
  const sources = new Map(readSources(root, architecture).map((source) => [source.file, source]));
  const violations: Violation[] = [];
  const edges = new Map<string, string[]>();

  for (const source of sources.values()) {
    const report = (rule: Violation["rule"], detail: string) =>
      violations.push({ file: source.file, rule, detail });
    const targets: string[] = [];
    edges.set(source.file, targets);
    const rank = rankOf(architecture, source);
    if (rank < 0) report("layer", `"${source.layer}" is not among the layers of ${source.package}`);

    for (const specifier of source.specifiers) {
      const named = /^@isograd\/([^/]+)/.exec(specifier)?.[1];
      if (named !== undefined) {
        const detail = packageDetail(architecture, source, named);
        if (detail) report("package", detail);
      }
      if (!specifier.startsWith(".")) continue;

      const path = posix.join(posix.dirname(source.file), specifier);
      const target = sources.get(path);
      if (target === undefined) {
        if (!existsSync(join(root, path))) report("unresolved", `"${specifier}" names no file`);
      } else if (target.package !== source.package) {
        report("package", `reaches into ${target.file} by path`);
      } else {
        targets.push(target.file);
        const above = rankOf(architecture, target);
        if (rank >= 0 && above > rank)
          report("upward", `imports ${target.file}, but ${source.layer} comes before ${target.layer}`);
      }
    }
  }
  for (const circle of findCircles(edges))
    violations.push({ file: circle[0], rule: "circle", detail: [...circle, circle[0]].join(" -> ") });
  return violations;
}

function readSources(root: string, architecture: Architecture): Source[] {
  const names = readdirSync(join(root, "packages")).sort();
  return names.flatMap((name) => {
    const folder = join("packages", name, "src");
    if (!existsSync(join(root, folder))) return [];
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    const listed = layersOf(architecture, name).flat();
    return paths
      .sort()
      .filter((path) => path.endsWith(".ts"))
      .map((path) => ({
        file: join(folder, path).replaceAll(sep, "/"),
        package: name,
        layer: layerOf(path.replaceAll(sep, "/").replace(/\.ts$/, ""), listed),
        specifiers: ts
          .preProcessFile(readFileSync(join(root, folder, path), "utf8"), true, true)
          .importedFiles.map((imported) => imported.fileName),
      }));
  });
}

function layersOf(architecture: Architecture, name: string): string[][] {
  return (architecture.layers[name] ?? "").split("<-").map((names) => names.trim().split(/\s+/));
}

/** The longest listed beginning of a path; its first segment where none is listed. */
function layerOf(path: string, listed: readonly string[]): string {
  const segments = path.split("/");
  const beginnings = segments.map((_, last) => segments.slice(0, last + 1).join("/"));
  return beginnings.findLast((beginning) => listed.includes(beginning)) ?? segments[0];
}

function rankOf(architecture: Architecture, source: Source): number {
  return layersOf(architecture, source.package).findIndex((names) => names.includes(source.layer));
}

function packageDetail(architecture: Architecture, source: Source, target: string): string | undefined {
  if (target === source.package) return "imports its own package by name instead of a relative path";
  const { packages } = architecture;
  const allowed = packages[`${source.package}/${source.layer}`] ?? packages[source.package] ?? [];
  if (allowed.includes(target)) return undefined;
  return `imports @isograd/${target}, may import ${allowed.join(", ") || "no other package"}`;
}

/** One path for each circle: a found one is cut open where it closes, until none is left. */
function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const open = new Map(edges);
  const circles: string[][] = [];
  for (let circle = findCircle(open); circle; circle = findCircle(open)) {
    circles.push(circle);
    const [first, last] = [circle[0], circle[circle.length - 1]];
    open.set(
      last,
      (open.get(last) ?? []).filter((target) => target !== first),
    );
  }
  return circles;
}

function findCircle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  // A file whose imports are all settled is settled. What is left leads to a circle, so any walk in it closes.
  const left = new Map(edges);
  const next = (file: string) => left.get(file)?.find((target) => left.has(target));
  for (let before = Number.POSITIVE_INFINITY; left.size < before; ) {
    before = left.size;
    for (const file of left.keys()) if (next(file) === undefined) left.delete(file);
  }
  const walk: string[] = [];
  let [file]: (string | undefined)[] = [...left.keys()];
  for (; file !== undefined && !walk.includes(file); file = next(file)) walk.push(file);
  return file === undefined ? undefined : walk.slice(walk.indexOf(file));
}
