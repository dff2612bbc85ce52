import { group } from '../command.ts'
import { disable, enable } from './schedule-enable.ts'
import { list } from './schedule-list.ts'
import { next } from './schedule-next.ts'
import { run } from './schedule-run.ts'
import { slots } from './schedule-slots.ts'

export const schedule = group('schedule', 'cron rules: next slots, what was missed and why, run, enable', [
  list,
  next,
  slots,
  run,
  enable,
  disable,
])
