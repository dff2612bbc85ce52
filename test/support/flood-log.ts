import { systemClock } from '../../src/cli/system-clock.ts'
import { LogWriter } from '../../src/runner/log-writer.ts'

/** Writes a log at 50,000 lines a second until it is told to end. Arguments: where, and how large it may become. */
const [path = '', cap = '50000000'] = process.argv.slice(2)
const PER_MS = 50
const writer = new LogWriter(path, Number(cap), systemClock, () => {})
const start = performance.now()
let written = 0

setInterval(() => {
  const due = Math.floor((performance.now() - start) * PER_MS)
  for (; written < due; written += 1)
    writer.line('out', Buffer.from(`line ${written} página con ñ y más texto, como se escribe`))
}, 5)
