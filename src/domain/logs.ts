/** `out`, `err`: what the process wrote; `zafra`: what we have to say about it. */
export type LogStream = 'out' | 'err' | 'zafra'

export interface LogLine {
  /** Byte offset of the line in the attempt's log; names the line for good. */
  offset: number
  /** UTC, milliseconds, ISO 8601. */
  at: string
  stream: LogStream
  /** As decoded from UTF-8 with replacement; not sanitised. */
  text: string
  /** The process has not ended this line here: it went on in the next one. */
  continued: boolean
}

export interface LogPage {
  lines: LogLine[]
  /** Where the next page begins. */
  next: number
  /**
   * Bytes that the size cap dropped from what the page covers: between two of its lines, before the first one where it
   * was read on from there, or behind the last one.
   */
  dropped: number
  /** Whether the page reaches the end as it is now. */
  end: boolean
  /** When retention removed this log, ISO 8601; the one line of the page says so, whatever stream is asked for. */
  removed_at?: string
}

/** One piece of a search. */
export interface LogMatches {
  /** Byte offsets of the lines that match, in order. */
  lines: number[]
  /** Where the next piece begins. */
  next: number
  /** Whether the search has reached the end as it is now. */
  end: boolean
}

/** Reads the logs of attempts, also while they are written. */
export interface LogReader {
  /**
   * At most `limit` lines of the log at `path` (absolute); fewer where they are long (2 MiB in all).
   * @throws ZafraError `not_found` where there is no such log
   */
  read(
    path: string,
    page: { from: { offset: number } | { before: number } | 'end'; limit: number; stream?: LogStream },
  ): Promise<LogPage>
  /**
   * One piece of the search for `text`, letter case and accents ignored, from byte `from` on: as much as is read in a moment.
   * @throws ZafraError `not_found` where there is no such log
   */
  find(path: string, search: { text: string; from: number; stream?: LogStream }): Promise<LogMatches>
}

/** What retention lets go of one batch's logs. */
export interface PrunedLogs {
  batch_id: string
  /** `age`: too old · `bytes`: all logs together are too large, and these are the oldest. */
  rule: 'age' | 'bytes'
  logs: number
  bytes: number
}

/** Lets logs of attempts go by `logs.retention` and `logs.retention_bytes`. */
export interface LogRetention {
  /**
   * Removes them, oldest first, and leaves a record by which the reader says so. Costs a look at every log.
   * @param spared asked just before a batch's logs would go: whether they stay, as those of an unfinished batch must
   * @throws ZafraError `storage` where a file cannot be removed; the others are
   */
  prune(spared: (batch_id: string) => boolean): Promise<PrunedLogs[]>
}
