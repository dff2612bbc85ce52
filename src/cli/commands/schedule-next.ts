import type { Argv } from 'yargs'
import { sqlTime } from '../../domain/clock.ts'
import type { ScheduleView } from '../../domain/schedule.ts'
import { command, counted, facts, type Globals } from '../command.ts'
import { openReader } from '../open-engine.ts'
import { commandPlace } from '../workspace.ts'

export const next = command({
  command: 'next',
  describe: 'the next slots of all enabled rules, in UTC and as the clocks of their time zone show them',
  examples: [
    ['zafra schedule next', 'the next five'],
    ['zafra schedule next --count 24 --json', 'a year of a rule that comes twice a month'],
  ],
  options: (yargs: Argv<Globals>) => counted(facts(yargs), 5),
  async run({ count, ...options }, output, io) {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const { schedules } = await reader.query({ type: 'schedule', offset: 0, limit: 0 })
      const slots = await nextSlots(schedules, io.clock.now(), count)
      if (output.json) return output.document(slots)
      output.table(
        [{ name: 'slot' }, { name: 'local' }, { name: 'schedule' }],
        slots.map(({ slot, local, schedule }) => [slot, local, schedule]),
      )
    } finally {
      await reader.close()
    }
  },
})

async function nextSlots(schedules: readonly ScheduleView[], now: Date, count: number) {
  const { createScheduler } = await import('../../scheduler/index.ts')
  const scheduler = createScheduler()
  return schedules
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, cron, time_zone }) =>
      scheduler.next({ cron, time_zone }, now, count).map((slot) => ({
        schedule: name,
        slot: sqlTime(slot),
        local: wallClock(slot, time_zone),
      })),
    )
    .sort((a, b) => (a.slot < b.slot ? -1 : 1))
    .slice(0, count)
}

/** `2026-12-01 02:00:00`: Sweden writes it as ISO 8601 does. */
function wallClock(moment: Date, timeZone: string): string {
  return moment.toLocaleString('sv-SE', { timeZone })
}
