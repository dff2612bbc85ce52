import { group } from '../command.ts'
import { install } from './daemon-install.ts'
import { run } from './daemon-run.ts'
import { start } from './daemon-start.ts'
import { status } from './daemon-status.ts'
import { stop } from './daemon-stop.ts'

export const daemon = group('daemon', 'an engine without a terminal, in a process of its own', [
  run,
  start,
  stop,
  status,
  install,
])
