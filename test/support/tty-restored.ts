import { openSync, readFileSync } from 'node:fs'
import { systemClock } from '../../src/cli/system-clock.ts'
import { TtyOut } from '../../src/tui/tty-out.ts'

/**
 * Gives the terminal back, opens the file that its argument names, and does what a continuation after a stop does. Says
 * how many bytes of that came to the file.
 */
const [path = ''] = process.argv.slice(2)
const out = new TtyOut(process.stdout, systemClock, () => {})
out.leave()
out.restore()
openSync(path, 'w')
out.enter()
out.leave()
out.restore()
console.log(`${readFileSync(path).length} bytes for another`)
