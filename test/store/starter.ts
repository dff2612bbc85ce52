import { createInterface } from 'node:readline'
import { acquireLock, type Lock } from '../../src/store/lock.ts'

// For every folder that it is told, tries to take the lock, says whether it has it, and keeps it until the next one.
let lock: Lock | undefined
process.stdout.write('ready\n')
createInterface(process.stdin).on('line', (folder) => {
  lock?.release()
  lock = acquireLock(folder, new Date('2025-09-16T10:00:00.000Z'))
  process.stdout.write(lock ? 'mine\n' : 'taken\n')
})
// A lock must not depend on who remembers it: the collector runs while this process stays.
setInterval(() => lock && globalThis.gc?.(), 50)
