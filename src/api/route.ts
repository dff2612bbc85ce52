import { z } from 'zod'
import type { Command } from '../domain/command.ts'
import type { Query } from '../domain/query.ts'

/** A resource: where it is and which query or command a request for it means. The other way round: `request.ts`. */
export type Route = { path: string; summary: string; words: z.ZodObject } & (
  | { method: 'get'; means: Query['type']; toQuery: (words: unknown) => Query }
  | { method: 'post'; means: Command['type']; body: z.ZodType | null; toCommand: Told }
)

/** What is to be done, as a path and a JSON body say it. */
type Told = (words: unknown, body: unknown) => Command

type Rest<Whole, Type> = Whole extends { type: Type } ? Omit<Whole, 'type'> : never

/** @throws (from `toQuery`) ZodError where the words are not those that the resource takes */
export function asks<Type extends Query['type'], Shape extends z.ZodRawShape>(
  path: string,
  means: Type,
  summary: string,
  shape: Shape,
  toQuery: (words: z.output<z.ZodObject<Shape>>) => Rest<Query, Type>,
): Route {
  const words = z.strictObject(shape)
  return {
    method: 'get',
    path,
    means,
    summary,
    words,
    toQuery: (given) => ({ type: means, ...toQuery(words.parse(given)) }) as Query,
  }
}

/** @throws (from `toCommand`) ZodError, as do the commands with a body */
export function tells<Type extends Command['type'], Shape extends z.ZodRawShape>(
  path: string,
  means: Type,
  summary: string,
  shape: Shape,
  toCommand: (words: z.output<z.ZodObject<Shape>>) => Rest<Command, Type>,
): Route {
  const words = z.strictObject(shape)
  return {
    method: 'post',
    path,
    means,
    summary,
    words,
    body: null,
    toCommand: (given) => ({ type: means, ...toCommand(words.parse(given)) }) as Command,
  }
}

export function tellsWith<Type extends Command['type'], Body extends z.ZodType>(
  path: string,
  means: Type,
  summary: string,
  body: Body,
  toCommand: (body: z.output<Body>) => Rest<Command, Type>,
): Route {
  const words = z.strictObject({})
  return {
    method: 'post',
    path,
    means,
    summary,
    words,
    body,
    toCommand: (_, given) => ({ type: means, ...toCommand(body.parse(given)) }) as Command,
  }
}
