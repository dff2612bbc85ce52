import { parseSqlTime } from '../../../domain/clock.ts'
import type { ScheduleConfig } from '../../../domain/config.ts'
import { BACKUP_SCHEDULE } from '../../../domain/schedule.ts'
import { moment, rough } from '../../format.ts'
import { spanWidth } from '../../frame.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import { cronWords } from './cron-words.ts'
import { decisionSpan, switchSpan } from './looks.ts'
import type { Rule } from './state.ts'
import { dayAndTime, howLong, ownZone } from './times.ts'

/** One row per rule: whether it is on, when it comes next, what became of its last slot. */
export function ruleColumns(now: Date, { glyphs }: Theme): Column<Rule>[] {
  const none: Span = { text: glyphs.dash, style: 'dim' }
  return [
    { title: 'Rule', width: 10, grow: 2, max: 24, cell: ({ name }) => ({ text: name, style: 'strong' }) },
    { title: '', width: 5, cell: ({ enabled }) => switchSpan(enabled, glyphs) },
    { title: 'When', width: 12, grow: 4, max: 44, from: 74, cell: (rule) => ({ text: whenText(rule) }) },
    {
      title: 'Zone',
      width: 20,
      from: 116,
      cell: ({ time_zone }) => ({ text: time_zone, style: 'dim' }),
    },
    {
      title: 'Next',
      width: 12,
      align: 'right',
      cell: ({ next: [slot] }) =>
        slot === undefined ? none : { text: moment(parseSqlTime(slot), now), style: 'strong' },
    },
    {
      title: 'In',
      width: 7,
      align: 'right',
      cell: ({ next: [slot] }) => (slot === undefined ? none : { text: howLong(now, parseSqlTime(slot)) }),
    },
    {
      title: 'Last',
      width: 11,
      cell: ({ last }) => (last === null ? none : decisionSpan(last.decision, glyphs)),
    },
  ]
}

/** How many lines `ruleDetail` gives. */
export const DETAIL_ROWS = 3

/** What the table has no room for, of one rule. */
export function ruleDetail(rule: Rule, now: Date, cells: number, theme: Theme): Span[][] {
  const { cron, time_zone, next } = rule
  const words = cronWords(cron)
  const zone = time_zone === ownZone() ? `${time_zone}, as here` : time_zone
  return [
    [
      { text: cron, style: 'accent' },
      { text: words === null ? '' : `  ${words}` },
      { text: `  ${zone}`, style: 'dim' },
    ],
    next.length === 0
      ? [{ text: 'No slot comes while it is off', style: 'dim' }]
      : nextSpans(rule, now, cells, theme),
    [{ text: [whatText(rule), overlapText(rule), missedText(rule)].join('; '), style: 'dim' }],
  ]
}

/** The next slots, as many as there is room for; the first one also as the clocks of its own zone show it. */
function nextSpans({ next, time_zone }: Rule, now: Date, cells: number, { glyphs }: Theme): Span[] {
  return next.reduce<Span[]>((spans, slot, index) => {
    const date = parseSqlTime(slot)
    const there = index === 0 && time_zone !== ownZone() ? ` (${dayAndTime(date, time_zone)} there)` : ''
    const longer: Span[] = [
      ...spans,
      { text: index === 0 ? 'next ' : ` ${glyphs.dot} `, style: 'dim' },
      { text: dayAndTime(date), style: index === 0 ? 'strong' : 'plain' },
      { text: index === 0 ? ` in ${howLong(now, date)}${there}` : '' },
    ]
    return index > 0 && spanWidth(longer) > cells ? spans : longer
  }, [])
}

function whenText({ cron }: Rule): string {
  return cronWords(cron) ?? cron
}

function whatText({ name, filters }: ScheduleConfig): string {
  if (name === BACKUP_SCHEDULE) return 'a backup'
  const only = Object.entries(filters).map(([field, value]) => `${field} ${value}`)
  return only.length === 0 ? 'a batch' : `a batch of ${only.join(', ')}`
}

function missedText({ catch_up, max_age }: ScheduleConfig): string {
  if (catch_up === 'none') return 'missed: never made up for'
  return `missed: ${catch_up === 'all' ? 'each' : 'the last one'} made up for, up to ${rough(max_age)} late`
}

function overlapText({ overlap }: ScheduleConfig): string {
  return `while a batch runs: ${overlap === 'skip' ? 'skipped' : 'waits'}`
}
