import { parentPort, workerData } from 'node:worker_threads'
import { makeBackup, type BackupOptions } from './backup.ts'

/** What `createBackups` runs beside the engine. */
const { options, now } = workerData as { options: BackupOptions; now: Date }

const { path, bytes } = await makeBackup(options, now)
parentPort?.postMessage({ path, bytes }, [])
parentPort?.close()
