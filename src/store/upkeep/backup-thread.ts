import { parentPort, workerData } from 'node:worker_threads'
import { makeBackup, type BackupOptions } from './backup.ts'

/** What `createBackups` runs beside the engine. */
const { options, now } = workerData as { options: BackupOptions; now: Date }

await makeBackup(options, now)
parentPort?.close()
