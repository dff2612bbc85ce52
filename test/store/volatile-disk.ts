import type { Files, OpenFile } from '../../src/store/disk/files.ts'

/** What a file holds, and how much of it the disk itself has. */
interface Inode {
  bytes: Uint8Array
  synced: Uint8Array
}

type Names = Map<string, Inode>

/** Files as they stand on a disk after the power failed. */
export type Remains = ReadonlyMap<string, Uint8Array>

/**
 * A disk with a cache: what was written is on the disk itself only after a sync of the file, names only after a sync of
 * the folder. `look` is called after every call that changes something.
 */
export function volatileDisk(remains: Remains = new Map(), look: () => void = () => {}) {
  const names: Names = new Map([...remains].map(([name, bytes]) => [name, { bytes, synced: bytes }]))
  let synced: Names = new Map(names)
  const missing = (path: string) => Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
  const inode = (path: string) => {
    const found = names.get(path)
    if (!found) throw missing(path)
    return found
  }
  const changing = <T>(work: () => T): Promise<T> => {
    const done = work()
    look()
    return Promise.resolve(done)
  }
  let versions = 0
  const identity = new WeakMap<Uint8Array, number>()
  const files: Files = {
    read: async (path) => inode(path).bytes.slice(),
    async stat(path) {
      const { bytes } = inode(path)
      if (!identity.has(bytes)) identity.set(bytes, versions++)
      return { bytes: bytes.length, modified: new Date(0), identity: String(identity.get(bytes)) }
    },
    list: async (folder) =>
      [...names.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    makeFolder: async () => {},
    create(path, durable = false) {
      if (names.has(path))
        return Promise.reject(Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' }))
      return changing(() => {
        const made: Inode = { bytes: new Uint8Array(), synced: new Uint8Array() }
        names.set(path, made)
        return openFile(made, durable, changing)
      })
    },
    rename: (from, to) =>
      changing(() => {
        names.set(to, inode(from))
        names.delete(from)
      }),
    link: (existing, to) => changing(() => void names.set(to, inode(existing))),
    unlink: (path) =>
      changing(() => {
        inode(path)
        names.delete(path)
      }),
    syncFolder: () =>
      changing(() => {
        synced = new Map(names)
      }),
  }
  return {
    files,
    /**
     * The worst that may be left now: none of what was not synced; the names without what the files held; what was
     * removed, but nothing of what came in its place.
     */
    remains(): Remains[] {
      const kept = (from: Names) => new Map([...from].map(([name, { synced: bytes }]) => [name, bytes]))
      return [kept(synced), kept(names), kept(new Map([...synced].filter(([name]) => names.has(name))))]
    },
  }
}

function openFile(made: Inode, durable: boolean, changing: <T>(work: () => T) => Promise<T>): OpenFile {
  const set = (bytes: Uint8Array) => {
    made.bytes = bytes
    if (durable) made.synced = bytes
  }
  return {
    write: (bytes, position) =>
      changing(() => {
        const grown = new Uint8Array(Math.max(made.bytes.length, position + bytes.length))
        grown.set(made.bytes)
        grown.set(bytes, position)
        set(grown)
        return bytes.length
      }),
    sync: () =>
      changing(() => {
        made.synced = made.bytes
      }),
    truncate: (length) => changing(() => set(made.bytes.slice(0, length))),
    close: () => Promise.resolve(),
  }
}
