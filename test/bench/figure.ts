/** One measured line of the bench. */
export interface Figure {
  what: string
  measured: string
  /** What it is held against, measured in the same run; empty where there is none. */
  baseline: string
  goal: string
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Resident memory of this process, in MiB. */
export function resident(): number {
  return process.memoryUsage.rss() / 1024 / 1024
}
