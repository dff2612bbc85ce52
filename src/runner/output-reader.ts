import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { OutputReader } from '../domain/outputs.ts'
import { csvHead } from '../csv/head.ts'

/** Bytes read of a file, whatever it holds. */
const MOST_BYTES = 64 * 1024
/** Characters of one cell. */
const LONGEST_CELL = 200
/** A first line without line breaks must not become a column for each of its commas. */
const MOST_COLUMNS = 200

export function createOutputReader(): OutputReader {
  return {
    async head(path, limit) {
      const found = await readBeginning(path)
      if (!found) return undefined
      const { bytes, size } = found
      const text = new TextDecoder().decode(bytes)
      const [columns = [], ...rows] = csvHead(text, limit + 1, bytes.length === size).map(shortened)
      return { columns, rows, bytes: size }
    },
  }
}

function shortened(record: readonly string[]): string[] {
  // By code point, so that no half of a pair is left.
  return record.slice(0, MOST_COLUMNS).map((cell) =>
    cell.length <= LONGEST_CELL
      ? cell
      : `${Array.from(cell.slice(0, 2 * LONGEST_CELL))
          .slice(0, LONGEST_CELL - 1)
          .join('')}…`,
  )
}

async function readBeginning(path: string): Promise<{ bytes: Buffer; size: number } | undefined> {
  // NOFOLLOW: a link would show a file of somebody else; NONBLOCK: a FIFO would hold us up for ever.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch(() => undefined)
  if (!file) return undefined
  try {
    const facts = await file.stat()
    if (!facts.isFile()) return undefined
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0)
    return { bytes: buffer.subarray(0, bytesRead), size: facts.size }
  } finally {
    await file.close()
  }
}
