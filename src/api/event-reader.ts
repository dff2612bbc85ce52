import type { IncomingMessage } from 'node:http'
import type { Clock } from '../domain/clock.ts'
import { SILENCE_MS } from './event-frames.ts'

/** A frame of server-sent events. */
export interface Frame {
  id: number
  event: string
  data: string
}

/** Splits a stream of text into frames; comments are dropped. */
export function frameSplitter(hear: (frame: Frame) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(field))
      const data = fields.get('data')
      if (data !== undefined) hear({ id: Number(fields.get('id')), event: fields.get('event') ?? '', data })
    }
  }
}

function field(line: string): [string, string] {
  const at = line.indexOf(':')
  return [line.slice(0, at), line.slice(at + 1).trimStart()]
}

/**
 * Reads the frames of an open stream until it ends, breaks, or is silent for too long (a dead link says nothing).
 * @param over called once, with the reason for the person
 */
export function readFrames(
  response: IncomingMessage,
  clock: Clock,
  hear: (frame: Frame) => void,
  over: (why: string) => void,
): void {
  const end = (why: string) => {
    stopWatch()
    response.destroy()
    over(why)
    over = () => {}
  }
  const watch = () => clock.after(SILENCE_MS, () => end('nothing was heard of it for too long'))
  const split = frameSplitter(hear)
  let stopWatch = watch()
  response
    .setEncoding('utf8')
    .on('data', (text: string) => {
      stopWatch()
      stopWatch = watch()
      split(text)
    })
    .on('error', () => end('the connection broke'))
    .on('close', () => end('the engine ended the connection'))
}
