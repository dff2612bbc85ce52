/** Copies of the database, made beside the work. */
export interface Backups {
  /**
   * Makes one of the database as it was last acknowledged, opens it to be sure, and removes those that the
   * retention lets go. Returns where it is, and its size.
   * @throws ZafraError `storage`, `database`
   */
  make(): Promise<{ path: string; bytes: number }>
}
