import { connectEngine } from '../../src/api/client.ts'
import { systemClock } from '../../src/cli/system-clock.ts'

// A process of its own, so that what clients cost is not taken for what the engine's process costs.

/** What one client heard until the event that ends the run. */
export interface Heard {
  tasks: number
  progress: number
  /** How often the way was lost, or a number was missing. */
  lost: number
}

const [socket = '', count = '1'] = process.argv.slice(2)
const clients = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    connectEngine({ socket, clock: systemClock, random: Math.random }),
  ),
)
const ready = clients.map(() => Promise.withResolvers<void>())
const heard = clients.map((client, at) => {
  const { promise, resolve } = Promise.withResolvers<Heard>()
  const sum: Heard = { tasks: 0, progress: 0, lost: 0 }
  client.subscribe((event) => {
    if (event.type === 'snapshot') ready[at]?.resolve()
    if (event.type === 'task') sum.tasks++
    if (event.type === 'progress') sum.progress++
    if (event.type === 'connection') sum.lost++
    if (event.type === 'engine') resolve(sum)
  })
  return promise
})
await Promise.all(ready.map(({ promise }) => promise))
process.send?.('ready')
process.send?.(await Promise.all(heard))
for (const client of clients) await client.close()
process.disconnect()
