import type { Wanted } from './reading.ts'

/**
 * One reading at a time, in the order asked for: two would leave a gap or a repetition. A long way is left as soon as
 * another is asked for.
 */
export class Turns {
  private queue: Promise<void> = Promise.resolve()
  private way = 0
  private closed = false
  private readonly error: (thrown: unknown) => void

  constructor(error: (thrown: unknown) => void) {
    this.error = error
  }

  /** Whatever is on its way is not wanted any more. */
  leave(): void {
    this.way += 1
  }

  /** Has the job done as the only one that is wanted. */
  go(job: (wanted: Wanted) => Promise<void>): Promise<void> {
    this.leave()
    return this.join(job)
  }

  /** Has it done after the others, on the way that is wanted now. */
  join(job: (wanted: Wanted) => Promise<void>): Promise<void> {
    const { way } = this
    this.queue = this.after(this.queue, () => job(() => way === this.way && !this.closed))
    return this.queue
  }

  close(): void {
    this.closed = true
  }

  private async after(before: Promise<void>, job: () => Promise<void>): Promise<void> {
    await before
    if (this.closed) return
    try {
      await job()
    } catch (error) {
      this.error(error)
    }
  }
}
