import type { Command } from '../domain/command.ts'
import type { GroupSort } from '../domain/error-group.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { LogFrom, Query } from '../domain/query.ts'
import type { TaskSort } from '../domain/task-sort.ts'

/** One HTTP request: what a query or a command is on the wire. The other way round: `query-routes.ts`, `command-routes.ts`. */
export interface ApiRequest {
  method: 'GET' | 'POST'
  /** With its query string. */
  path: string
  /** Sent as JSON. */
  body?: unknown
}

type Words = Readonly<Record<string, string | number | boolean | undefined>>

export function queryRequest(query: Query): ApiRequest {
  const { offset, limit } = { offset: undefined, limit: undefined, ...query }
  switch (query.type) {
    case 'overview':
      return get(query.batch_id === undefined ? '/overview' : `/batches/${part(query.batch_id)}`)
    case 'tasks':
      return get('/tasks', {
        ...filterWords(query.filter),
        sort: query.sort && sortWord(query.sort),
        offset,
        limit,
        find: query.find,
      })
    case 'task_ids':
      return get('/tasks/ids', filterWords(query.filter))
    case 'suspects':
      return get('/tasks/suspects', filterWords(query.filter))
    case 'task':
      return get(`/tasks/${query.id}`)
    case 'batches':
      return get('/batches', { offset, limit })
    case 'log':
      return get(`/logs/${query.task_id}`, {
        ...fromWords(query.from),
        attempt: query.attempt,
        limit,
        stream: query.stream,
      })
    case 'log_matches': {
      const { text, from, attempt, stream } = query
      return get(`/logs/${query.task_id}/matches`, { text, from, attempt, stream })
    }
    case 'output':
      return get(`/tasks/${query.task_id}/output`, { limit })
    case 'errors':
      return get('/errors', {
        batch: query.batch_id,
        search: query.search,
        sort: query.sort && sortWord(query.sort),
        offset,
        limit,
        find: query.find,
      })
    case 'checks':
      return get(`/batches/${part(query.batch_id)}/checks`, { offset, limit })
    case 'diff':
      return get(`/batches/${part(query.to)}/diff`, {
        from: query.from,
        ...filterWords(query.filter ?? {}),
        offset,
        limit,
        listings: query.listings?.kind,
        listings_offset: query.listings?.offset,
        listings_limit: query.listings?.limit,
        listings_search: query.listings?.search,
      })
    case 'plan':
      return get('/plan', { ...filterWords(query.filter), whole: query.whole })
    case 'schedule':
      return get('/schedules', { offset, limit })
    case 'system':
      return get('/system')
    case 'stats':
      return get(`/stats/${query.of}`, { days: query.days })
  }
}

export function commandRequest(command: Command): ApiRequest {
  switch (command.type) {
    case 'start_batch':
      return post('/batches', command.filter)
    case 'resume_batch':
      return post(
        command.batch_id === undefined ? '/batches/resume' : `/batches/${part(command.batch_id)}/resume`,
      )
    case 'cancel_batch':
      return post(`/batches/${part(command.batch_id)}/cancel`)
    case 'retry':
    case 'cancel':
    case 'accept':
      return post(`/tasks/${command.type}`, command.filter)
    case 'pause':
    case 'unpause':
      return post(`/${command.type}`, command.site === undefined ? {} : { site: command.site })
    case 'drain':
    case 'backup':
      return post(`/${command.type}`)
    case 'run_schedule':
      return post(`/schedules/${part(command.name)}/run`)
    case 'enable_schedule':
      return post(`/schedules/${part(command.name)}/${command.enabled ? 'enable' : 'disable'}`)
  }
}

function filterWords({ ids, status, check, ...words }: TaskFilter): Words {
  return { ids: ids?.join(','), status: status?.join(','), check: check?.join(','), ...words }
}

function sortWord({ by, descending }: TaskSort | GroupSort): string {
  return descending ? `-${by}` : by
}

function fromWords(from: LogFrom): Words {
  return from === 'end' ? {} : { ...from }
}

function get(path: string, words: Words = {}): ApiRequest {
  const given = Object.entries(words).flatMap(([word, value]) =>
    value === undefined ? [] : [[word, String(value)] as [string, string]],
  )
  const search = new URLSearchParams(given).toString()
  return { method: 'GET', path: search === '' ? path : `${path}?${search}` }
}

function post(path: string, body: unknown = {}): ApiRequest {
  return { method: 'POST', path, body }
}

/** A piece of a path. */
function part(name: string): string {
  return encodeURIComponent(name)
}
