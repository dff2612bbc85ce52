import { acquireLock } from '../../src/store/lock.ts'

const lock = acquireLock(process.argv[2] ?? '', new Date('2025-09-16T10:00:00.000Z'))
process.stdout.write(lock ? 'mine\n' : 'taken\n')
// A lock must not depend on who remembers it: the collector runs while this process stays.
setInterval(() => globalThis.gc?.(), 20)
