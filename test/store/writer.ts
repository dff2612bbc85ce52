import { openStore } from '../../src/store/index.ts'

// Writes note after note to the only task and says each when it is acknowledged, until it is killed.
const store = await openStore({
  path: process.argv[2] ?? '',
  backup_dir: `${process.argv[2]}-backups`,
  snapshot_interval: 0.02,
  fsync: 'always',
  clock: {
    now: () => new Date(),
    monotonic: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
  },
})
const task = await store.task(1)
for (let number = Number(task?.error_message ?? 0) + 1; ; number++) {
  await store.commit([
    { type: 'task', id: 1, from: 'pending', set: { status: 'pending', error_message: String(number) } },
  ])
  process.stdout.write(`${number}\n`)
}
