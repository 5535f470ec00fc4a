/** VSOP87's series, as the package has them: for each coordinate, by powers of the time, the terms [amplitude, phase, frequency]. */
declare module "astronomia/data/vsop87Bneptune" {
  type Series = Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
  const series: { readonly L: Series; readonly B: Series; readonly R: Series };

  // biome-ignore lint/style/noDefaultExport: that is how the package has it
  export default series;
}
