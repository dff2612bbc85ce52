import { diskFiles, type Files } from '../../src/store/disk/files.ts'

/** What a disk that fails says. */
const ERRORS = { ENOSPC: 'no space left on device', EIO: 'i/o error' }

/**
 * A disk that fails one call (the `at`-th from when it is armed), or every call while `full`. It does not sync:
 * no power fails here, and the real disk would take its time.
 */
export function faultyDisk(code: keyof typeof ERRORS = 'ENOSPC') {
  const disk = { at: Infinity, calls: 0, full: false, short: false, files: {} as Files }
  const fail = () => {
    disk.calls++
    if (disk.full || disk.calls === disk.at)
      throw Object.assign(new Error(`${code}: ${ERRORS[code]}`), { code })
  }
  disk.files = {
    ...diskFiles,
    async create(path) {
      fail()
      const file = await diskFiles.create(path)
      return {
        async write(bytes, position) {
          // As a full disk does: some of it arrives, then the error.
          if (disk.full || disk.calls + 1 === disk.at)
            await file.write(bytes.subarray(0, bytes.length >> 1), position)
          fail()
          return file.write(disk.short ? bytes.subarray(0, 99) : bytes, position)
        },
        sync: async () => fail(),
        truncate: async (length) => (fail(), file.truncate(length)),
        close: () => file.close(),
      }
    },
    rename: async (from, to) => (fail(), diskFiles.rename(from, to)),
    link: async (existing, to) => (fail(), diskFiles.link(existing, to)),
    unlink: async (path) => (fail(), diskFiles.unlink(path)),
    syncFolder: async () => fail(),
  }
  return disk
}
