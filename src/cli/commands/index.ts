import type { Command } from '../command.ts'

/** Every command by its name, in the order in which the help shows them; `$0` is the program without one. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  $0: async () => (await import('./tui.ts')).tui,
  demo: async () => (await import('./demo.ts')).demo,
  init: async () => (await import('./init.ts')).init,
  plan: async () => (await import('./plan.ts')).plan,
  run: async () => (await import('./run.ts')).run,
  resume: async () => (await import('./resume.ts')).resume,
  status: async () => (await import('./status.ts')).status,
  batches: async () => (await import('./batches.ts')).batches,
  tasks: async () => (await import('./tasks.ts')).tasks,
  task: async () => (await import('./task.ts')).task,
  logs: async () => (await import('./logs-group.ts')).logs,
  check: async () => (await import('./check.ts')).check,
  accept: async () => (await import('./accept.ts')).accept,
  diff: async () => (await import('./diff.ts')).diff,
  retry: async () => (await import('./retry.ts')).retry,
  cancel: async () => (await import('./cancel.ts')).cancel,
  pause: async () => (await import('./pause.ts')).pause,
  unpause: async () => (await import('./pause.ts')).unpause,
  drain: async () => (await import('./drain.ts')).drain,
  schedule: async () => (await import('./schedule.ts')).schedule,
  stats: async () => (await import('./stats.ts')).stats,
  daemon: async () => (await import('./daemon.ts')).daemon,
  db: async () => (await import('./db.ts')).db,
  notify: async () => (await import('./notify.ts')).notify,
  scraper: async () => (await import('./scraper.ts')).scraper,
  doctor: async () => (await import('./doctor.ts')).doctor,
  config: async () => (await import('./config.ts')).config,
  completion: async () => (await import('./completion.ts')).completion,
}

/** Options of every command, and of `$0`, that take the word after them. */
const VALUED: readonly string[] = ['-w', '--workspace', '--socket', '--theme']

/**
 * The commands that a command line may mean: what is not named is not loaded, for that would be most of the time
 * that a short answer takes. All of them where none is named, so that the help and suggestions know them.
 */
export async function commandsFor(args: readonly string[]): Promise<Command[]> {
  if (args.includes('--version')) return []
  const words = args.filter((word, at) => !word.startsWith('-') && !VALUED.includes(args[at - 1] ?? ''))
  if (words.length === 0 && !args.some((word) => word === '--help' || word === '-h')) return load(['$0'])
  const named = words.filter((word) => Object.hasOwn(COMMANDS, word))
  return named.length === 0 ? allCommands() : load(named)
}

export function allCommands(): Promise<Command[]> {
  return load(Object.keys(COMMANDS))
}

function load(names: readonly string[]): Promise<Command[]> {
  return Promise.all([...new Set(names)].map((name) => COMMANDS[name]!()))
}
