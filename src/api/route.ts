import { z } from 'zod'
import type { Command } from '../domain/command.ts'
import type { Query } from '../domain/query.ts'

/** A resource: where it is and which query or command a request for it means. The other way round: `request.ts`. */
export type Route = { path: string; summary: string } & (
  | { method: 'get'; words: z.ZodObject; toQuery: (words: unknown) => Query }
  | { method: 'post'; words: z.ZodObject; body: z.ZodType | null; toCommand: Told }
)

/** What is to be done, as a path and a JSON body say it. */
type Told = (words: unknown, body: unknown) => Command

/** @throws (from `toQuery`) ZodError where the words are not those that the resource takes */
export function asks<Shape extends z.ZodRawShape>(
  path: string,
  summary: string,
  shape: Shape,
  toQuery: (words: z.output<z.ZodObject<Shape>>) => Query,
): Route {
  const words = z.strictObject(shape)
  return {
    method: 'get',
    path,
    summary,
    words,
    toQuery: (given) => toQuery(words.parse(given)),
  }
}

/** @throws (from `toCommand`) ZodError, as do the commands with a body */
export function tells<Shape extends z.ZodRawShape>(
  path: string,
  summary: string,
  shape: Shape,
  toCommand: (words: z.output<z.ZodObject<Shape>>) => Command,
): Route {
  const words = z.strictObject(shape)
  return {
    method: 'post',
    path,
    summary,
    words,
    body: null,
    toCommand: (given) => toCommand(words.parse(given)),
  }
}

export function tellsWith<Body extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  toCommand: (body: z.output<Body>) => Command,
): Route {
  const words = z.strictObject({})
  return {
    method: 'post',
    path,
    summary,
    words,
    body,
    toCommand: (_, given) => toCommand(body.parse(given)),
  }
}
