import { rm } from 'node:fs/promises'
import { StateFile } from '../../../runner/state-file.ts'
import { equip, type Errand } from '../sandbox.ts'
import { tryScraper, type Line, type Trial } from '../trial.ts'
import { readOutput, type OutputFile } from './output-file.ts'
import type { Asked, Mood, PageServer } from './page-server.ts'
import { changed, ownFolders, straysIn } from './strays.ts'

/** One run of a scraper under check: what it did, and what it left. */
export interface Run {
  trial: Trial
  output: OutputFile | undefined
  /** Pages it asked for; null: there was no portal of ours to ask. */
  asked: readonly Asked[] | null
  /** Files that it had no business to write. */
  strays: string[]
  /** Whether it was left waiting for a page that never came. */
  hung: boolean
}

/** What all runs of a check share. */
export interface Bench {
  folder: string
  /** Null: the pages are elsewhere. */
  pages: PageServer | null
  errand: Omit<Errand, 'run'>
  /** Seconds. */
  grace: number
  /** Files that the check itself has put into the sandbox. */
  ours: readonly string[]
}

/** How a run is to go. */
export interface Course {
  name: string
  mood: Mood
  attempt?: number
  /** `hang`: as soon as it waits for a page that never comes, or, where it asks for none, speaks. */
  stop?: 'hang'
  /** After its first checkpoint, without warning. */
  kill?: 'state'
}

export async function checkRun(bench: Bench, course: Course): Promise<Run> {
  const { folder, pages, errand, grace } = bench
  const equipment = await equip(folder, { ...errand, run: course.name, attempt: course.attempt ?? 1 })
  const { files, env, cwd } = equipment
  const before = await ownFolders(errand.subject.command)
  const stopping = new AbortController()
  let hung = false
  pages?.begin(course.mood, () => {
    hung = true
    stopping.abort()
  })
  const state = new StateFile(files.state, files.partial)
  const onLine = ({ message }: Line, kill: () => void) => {
    if (course.stop && !pages?.asked().length) stopping.abort()
    if (message?.type !== 'state') return
    state.put(message.value)
    if (course.kill) kill()
  }
  const { command } = errand.subject
  const { clock, limit } = errand
  const stop = course.stop ? stopping.signal : undefined
  const trial = await tryScraper({ command, env, cwd, clock, limit, grace, onLine, ...(stop && { stop }) })
  await state.settled()
  const strays = [
    ...(await straysIn(folder, bench.ours, equipment)),
    ...changed(before, await ownFolders(command)),
  ]
  const output = await readOutput(files.partial)
  // Of a run that is gone on with, the rows and the checkpoint stay.
  if (!course.kill)
    await Promise.all([files.partial, files.state].map((path) => rm(path, { recursive: true, force: true })))
  return { trial, output, asked: pages?.asked() ?? null, strays, hung }
}
