import { open, rename } from 'node:fs/promises'

/**
 * Keeps a scraper's last checkpoint in its state file, as JSON. Each write is whole or not there at all; of
 * checkpoints that come faster than they can be written, the last one wins.
 */
export class StateFile {
  readonly #path: string
  readonly #output: string
  #next: { value: unknown } | undefined
  #writing: Promise<void> | undefined

  /** @param output the file whose rows a checkpoint speaks of */
  constructor(path: string, output: string) {
    this.#path = path
    this.#output = output
  }

  put(value: unknown): void {
    this.#next = { value }
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when the last checkpoint stands in the file, or could not be written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#take(); next; next = this.#take()) {
      // A checkpoint that cannot be written costs its pages once more, never the attempt.
      await this.#write(next.value).catch(() => {})
    }
    this.#writing = undefined
  }

  #take() {
    const next = this.#next
    this.#next = undefined
    return next
  }

  async #write(value: unknown): Promise<void> {
    // Not every value that can be read can be written: one that is nested too deep throws here.
    const text = JSON.stringify(value)
    // The rows first: after a power cut the checkpoint must not be ahead of them.
    await sync(this.#output)
    const temporary = `${this.#path}.tmp`
    await sync(temporary, text)
    await rename(temporary, this.#path)
  }
}

async function sync(path: string, text?: string): Promise<void> {
  const file = await open(path, text === undefined ? 'r' : 'w', 0o600)
  try {
    if (text !== undefined) await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
}
