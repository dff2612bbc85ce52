import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ZafraError } from '../domain/error.ts'

/** Bytes that the system takes as the path of a socket (108 with the closing zero). */
const LONGEST_PATH = 107

/** Where the path of the socket is written down when it is not the usual one. */
const RECORD = 'socket'

/** The usual socket of a workspace whose own folder is `folder` (`.zafra`). */
function usual(folder: string): string {
  return join(folder, 'engine.sock')
}

/** The socket that the owner of the workspace listens on, whether one does or not. */
export function socketOf(folder: string): string {
  try {
    return readFileSync(join(folder, RECORD), 'utf8')
  } catch {
    return usual(folder)
  }
}

/**
 * Chooses the socket to listen on and makes its folder, for its owner alone; the caller holds the workspace's lock. A
 * path other than the usual one is written down for those who look for it.
 * @param wanted the path that the configuration names; null: the usual one, or a short one where that is too long
 * @throws ZafraError `config` where the path is too long, or somebody else's
 */
export function chooseSocket(folder: string, wanted: string | null, runtimeFolder?: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  rmSync(join(folder, RECORD), { force: true })
  const path = wanted ?? (isTooLong(usual(folder)) ? shortPath(folder, runtimeFolder) : usual(folder))
  if (isTooLong(path))
    throw new ZafraError(
      'config',
      `the socket ${path} has more than ${LONGEST_PATH} bytes; api.socket names another`,
    )
  if (path !== usual(folder)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, RECORD), path, { mode: 0o600 })
  }
  clear(path)
  return path
}

/** Takes the socket away, and the note of where it is. */
export function dropSocket(folder: string, path: string): void {
  rmSync(join(folder, RECORD), { force: true })
  rmSync(path, { force: true })
}

function isTooLong(path: string): boolean {
  return Buffer.byteLength(path) > LONGEST_PATH
}

/** In a folder of the user's own: whoever may write in it could put a socket of theirs in place of ours. */
function shortPath(folder: string, runtimeFolder = tmpdir()): string {
  const own = join(runtimeFolder, `zafra-${process.getuid?.() ?? 0}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(own)
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new ZafraError('config', `${own} is open to others; api.socket names another place for the socket`)
  // Loaded only here: it takes long, and who only looks for the socket needs none of it.
  const { hash } = process.getBuiltinModule('node:crypto')
  return join(own, `${hash('sha256', folder).slice(0, 16)}.sock`)
}

/** A socket that a dead engine left; anything else is not ours to remove. */
function clear(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && !found.isSocket())
    throw new ZafraError(
      'config',
      `${path} is no socket and in the way of one; api.socket names another place`,
    )
  rmSync(path, { force: true })
}
