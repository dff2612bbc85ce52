import type { Figure } from './figure.ts'
import { besideHtop } from './tui-htop.ts'
import { latency } from './tui-latency.ts'
import { tasksList } from './tui-list.ts'
import { start } from './tui-start.ts'
import { terminals } from './tui-terminal.ts'
import { traffic } from './tui-traffic.ts'

/** The screen in a pseudo-terminal of 120x40. */
export async function measure(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const part of [latency, traffic, tasksList, start, terminals, besideHtop])
    figures.push(...(await part()))
  return figures
}
