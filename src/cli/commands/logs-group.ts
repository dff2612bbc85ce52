import { group } from '../command.ts'
import { exporting } from './logs-export.ts'
import { grep } from './logs-grep.ts'
import { prune } from './logs-prune.ts'
import { show } from './logs.ts'

export const logs = group('logs', "one attempt's log; search and export of many; retention", [
  show,
  grep,
  exporting,
  prune,
])
