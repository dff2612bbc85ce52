import { OUTPUT_CHECKS } from '../domain/check.ts'
import type { Config } from '../domain/config.ts'
import { schedulesOf } from '../domain/schedule.ts'
import { TASK_STATUSES } from '../domain/task.ts'
import type { Io } from './command.ts'
import { knownCommands, knownOptions, knownWords, type MakeParser } from './known-words.ts'
import { openReader, type Reader } from './open-engine.ts'
import { scraperWords } from './scraper/words.ts'
import { commandPlace, workspaceConfig } from './workspace.ts'

/** What a shell takes as it stands: a word of another kind would have to be quoted, each shell its way. */
const PLAIN_WORD = /^[\w-]+$/

/** As many ids as anyone would want to choose from by Tab. */
const MOST_IDS = 200
const TAKE_TASKS: ReadonlySet<unknown> = new Set(['task', 'logs', 'retry', 'cancel', 'accept'])
const TAKE_BATCHES: ReadonlySet<unknown> = new Set(['resume', 'check', 'diff'])

/**
 * What may stand in place of the last word. Never complains: the command itself will say what is wrong.
 * @param words the command line so far, with or without the program's name; the last one may be empty
 */
export async function complete(words: readonly string[], io: Io, parser: MakeParser): Promise<string[]> {
  const typed = words[0] === 'zafra' ? words.slice(1) : words
  const current = typed.at(-1) ?? ''
  const choices = await candidates(typed.slice(0, -1), current, io, parser).catch(() => [])
  return choices.filter((choice) => PLAIN_WORD.test(choice) && choice.startsWith(current))
}

async function candidates(
  before: readonly string[],
  current: string,
  io: Io,
  parser: MakeParser,
): Promise<string[]> {
  const [named, ...after] = before.filter((word) => !word.startsWith('-'))
  const last = before.at(-1)
  if (last === '--status') return [...TASK_STATUSES]
  if (last === '--check') return [...OUTPUT_CHECKS]
  if (last === '--complete') return ['yes', 'no']
  if (last === '--site') return Object.keys((await workspaceConfig(workspaceOf(before), io)).sites)
  if (last === '--batch') return looking(before, io, batchIds)
  if (named === undefined) return current.startsWith('-') ? knownOptions(parser, []) : knownCommands(parser)
  const words = await knownWords(parser, named)
  const [word] = after
  if (current.startsWith('-')) return knownOptions(parser, words.includes(word!) ? [named, word!] : [named])
  if (word !== undefined && words.includes(word)) return namesAfter(`${named} ${word}`, before, io)
  if (TAKE_BATCHES.has(named)) return looking(before, io, batchIds)
  return TAKE_TASKS.has(named) ? [...words, ...(await looking(before, io, taskIds))] : words
}

/** What the configuration gives a name, after the word of a group that takes it. */
async function namesAfter(words: string, before: readonly string[], io: Io): Promise<string[]> {
  const names = NAMES_AFTER[words]
  return names ? names(await workspaceConfig(workspaceOf(before), io)) : []
}

const scheduleNames = (config: Config) => schedulesOf(config).map(({ name }) => name)

const NAMES_AFTER: Readonly<Record<string, (config: Config) => string[]>> = {
  'schedule run': scheduleNames,
  'schedule enable': scheduleNames,
  'schedule disable': scheduleNames,
  'scraper record': scraperWords,
  'scraper test': scraperWords,
  'scraper check': scraperWords,
  'notify test': ({ notify }) => Object.keys(notify.channels),
}

function workspaceOf(words: readonly string[]) {
  const at = words.findIndex((word) => word === '-w' || word === '--workspace')
  return { workspace: at < 0 ? undefined : words[at + 1] }
}

async function looking(words: readonly string[], io: Io, ask: (reader: Reader) => Promise<string[]>) {
  const reader = await openReader(await commandPlace(workspaceOf(words), io), io.clock, () => {})
  try {
    return await ask(reader)
  } finally {
    await reader.close()
  }
}

async function batchIds(reader: Reader): Promise<string[]> {
  const { batches } = await reader.query({ type: 'batches', offset: 0, limit: MOST_IDS })
  return batches.map((batch) => batch.batch_id)
}

async function taskIds(reader: Reader): Promise<string[]> {
  const { batch } = await reader.query({ type: 'overview' })
  if (!batch) return []
  const filter = { batch: batch.batch_id }
  const { tasks } = await reader.query({ type: 'tasks', filter, offset: 0, limit: MOST_IDS })
  return tasks.map((task) => String(task.id))
}
