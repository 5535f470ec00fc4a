/** What `f` takes of the processor, which others that use the machine disturb less than the clock. */
export function processorSeconds(f: () => void): number {
  const began = process.cpuUsage();
  f();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
