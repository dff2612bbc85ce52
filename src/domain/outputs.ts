/** The beginning of an output file, as it is. */
export interface OutputHead {
  columns: string[]
  rows: string[][]
  /** Of the whole file. */
  bytes: number
}

/** Looks into what scrapers write. */
export interface OutputReader {
  /**
   * The first rows, at most `limit`, of the CSV at `path` (absolute); undefined where there is no such file. Reads
   * a bounded piece of it, whatever it holds.
   */
  head(path: string, limit: number): Promise<OutputHead | undefined>
}
