import { crc32 } from 'node:zlib'

/**
 * A seal stands after the last page of every file that we write: SQLite reads no further than the page count in
 * the header, so any program opens the file as it is. It finds what `quick_check` cannot see (a flipped bit in a
 * text, a zeroed overflow page), and it goes wherever the file goes, by one and the same rename.
 *
 * `[mark][change counter of the header][crc32 of all before the seal]`, little-endian.
 */
const MARK = Buffer.from('Zafra snapshot 1')
const SEAL_BYTES = MARK.length + 8

/** Bytes of the file between two looks at the event loop: a checksum of all at once would hold everything up. */
const PIECE = 1 << 20

/** Offsets in the header of a SQLite file: its change counter, and the value of that when it was last written. */
const CHANGE_COUNTER = 24
const VERSION_VALID_FOR = 92

/**
 * `whole`: as it was written · `changed`: another program wrote to it since · `broken`: it is not what was
 * written, and nobody wrote to it · `none`: it was never sealed, or another program made it longer
 */
export type Seal = 'whole' | 'changed' | 'broken' | 'none'

/** The database file `bytes` with its seal, in pieces, for writing one after the other. */
export function* sealed(bytes: Uint8Array): Generator<Uint8Array> {
  let checksum = 0
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE)
    checksum = crc32(piece, checksum)
    yield piece
  }
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32LE(readHeader(bytes, CHANGE_COUNTER), 0)
  numbers.writeUInt32LE(checksum, 4)
  yield Buffer.concat([MARK, numbers])
}

/** The database in a file, and what its seal says of it. */
export function unseal(file: Uint8Array): { bytes: Uint8Array; seal: Seal } {
  const end = file.length - SEAL_BYTES
  const seal = Buffer.from(file.subarray(Math.max(end, 0)))
  if (!seal.subarray(0, MARK.length).equals(MARK)) return { bytes: file, seal: 'none' }
  const bytes = file.subarray(0, end)
  if (crc32(bytes) === seal.readUInt32LE(MARK.length + 4)) return { bytes, seal: 'whole' }
  return { bytes, seal: wasWritten(bytes, seal.readUInt32LE(MARK.length)) ? 'changed' : 'broken' }
}

/** Whether a program with SQLite in it wrote to the file after we did: each of its transactions counts. */
function wasWritten(bytes: Uint8Array, sealedCounter: number): boolean {
  if (bytes.length < VERSION_VALID_FOR + 4) return false
  const counter = readHeader(bytes, CHANGE_COUNTER)
  return counter !== sealedCounter && counter === readHeader(bytes, VERSION_VALID_FOR)
}

function readHeader(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset)
}
