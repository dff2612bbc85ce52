import { readFileSync, readdirSync } from 'node:fs'

/** Ids of the living processes whose environment names `workspace` as the scrapers' base. */
export function processesOf(workspace: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environment(pid).includes(`SCRAPER_BASE_DIR=${workspace}\u0000`))
}

function environment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    // It ended while we looked, or is a zombie, which has no environment any more.
    return ''
  }
}
