import { appendFileSync, existsSync, rmSync } from 'node:fs'

const HEADER = 'url,status,at\n'

/**
 * `NAME.gone.csv` beside the details' output `NAME.csv`: the listings whose own address says that they are gone, each
 * with the HTTP status and the time (UTC). 0 stands for a notice on the page, or a redirect to a list.
 */
export class GoneFile {
  readonly #path: string

  /** @param outputFile where the output is written, under its final name or a partial one */
  constructor(outputFile: string, goesOn: boolean) {
    this.#path = outputFile.replace(/(?:\.csv)?(?:\.partial)?$/, '.gone.csv')
    if (!goesOn) rmSync(this.#path, { force: true })
  }

  add(url: string, status: number): void {
    const at = new Date().toISOString().slice(0, 19).replace('T', ' ')
    const line = `"${url.replaceAll('"', '""')}",${status},${at}\n`
    appendFileSync(this.#path, existsSync(this.#path) ? line : HEADER + line)
  }
}
