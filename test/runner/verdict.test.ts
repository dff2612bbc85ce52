import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ERROR_CLASSES, type ErrorClass } from '../../src/domain/error-class.ts'
import { judge, type Facts } from '../../src/runner/verdict.ts'

const facts = (set: Partial<Facts>): Facts => ({
  exit_code: 1,
  signal: null,
  stopped: null,
  limits: { timeout: 60, memory: 2 ** 30 },
  error: null,
  out_of_memory: null,
  output: null,
  last_error_line: null,
  error_tail: [],
  ...set,
})
const error = (errorClass: ErrorClass) => ({
  type: 'error' as const,
  class: errorClass,
  message: 'said so',
  url: 'https://example.org/',
  http: 403,
  retry_after: null,
})

test.each([
  // what we know → outcome, class, part of the message
  [{ exit_code: 0, output: { rows: 3, bytes: 40 } }, 'completed', undefined, undefined],
  [{ exit_code: 0, output: { refused: 'output', message: 'no header' } }, 'failed', 'output', 'no header'],
  [{ exit_code: 75 }, 'failed', 'transient', '75'],
  [{ exit_code: 77 }, 'failed', 'blocked', '77'],
  [{ exit_code: 76 }, 'failed', 'layout_changed', '76'],
  [{ exit_code: 78 }, 'failed', 'config', '78'],
  [{ exit_code: 2 }, 'failed', 'config', 'exit status 2'],
  [{ exit_code: 65 }, 'failed', 'input', '65'],
  [{ exit_code: 66 }, 'failed', 'input', '66'],
  [{ exit_code: 1 }, 'failed', 'internal', 'exit status 1'],
  [{ exit_code: 42 }, 'failed', 'internal', '42'],
  [{ exit_code: 1, last_error_line: 'ValueError: x' }, 'failed', 'internal', 'ValueError: x'],
  [{ exit_code: 77, last_error_line: 'captcha' }, 'failed', 'blocked', 'captcha'],
  [{ exit_code: 137 }, 'failed', 'transient', 'SIGKILL'],
  [{ exit_code: 137, out_of_memory: { limit: 450 * 2 ** 20 } }, 'failed', 'memory', 'limit of 450 MiB'],
  [{ exit_code: 1, out_of_memory: { limit: null } }, 'failed', 'internal', 'exit status 1'],
  [{ exit_code: 143 }, 'failed', 'transient', 'SIGTERM'],
  [{ exit_code: null, signal: 'SIGSEGV' }, 'failed', 'transient', 'SIGSEGV'],
  [{ exit_code: null, error: error('blocked') }, 'failed', 'transient', 'not known'],
  [{ exit_code: null, stopped: 'cancel' }, 'cancelled', undefined, undefined],
  [{ exit_code: 1, error: error('blocked') }, 'failed', 'blocked', 'said so'],
  [{ exit_code: 77, error: error('transient') }, 'failed', 'blocked', 'said so'],
  [{ exit_code: 75, error: error('rate_limited') }, 'failed', 'rate_limited', 'said so'],
  [{ exit_code: 66, error: error('not_found') }, 'failed', 'not_found', 'said so'],
  [
    { exit_code: 0, error: error('transient'), output: { rows: 1, bytes: 9 } },
    'completed',
    undefined,
    undefined,
  ],
  [{ exit_code: 143, stopped: 'cancel' }, 'cancelled', undefined, undefined],
  [{ exit_code: 0, stopped: 'cancel' }, 'cancelled', undefined, undefined],
  [{ exit_code: 130, stopped: 'shutdown' }, 'interrupted', undefined, undefined],
  [{ signal: 'SIGKILL', exit_code: null, stopped: 'shutdown' }, 'interrupted', undefined, undefined],
  [{ exit_code: 0, stopped: 'timeout' }, 'failed', 'timeout', '60 s'],
  [{ signal: 'SIGKILL', exit_code: null, stopped: 'memory' }, 'failed', 'memory', '1024 MiB'],
] as const)('%j is %s %s', (known, outcome, errorClass, message) => {
  const judged = judge(facts(known))
  expect(judged.outcome).toBe(outcome)
  expect(judged.error?.class).toBe(errorClass)
  expect(judged.error?.message ?? '').toContain(message ?? '')
})

test('what an error message says of URL and status is kept', () => {
  expect(judge(facts({ error: error('blocked') })).error).toMatchObject({
    url: 'https://example.org/',
    http: 403,
  })
})

describe('any facts', () => {
  const anyFacts = fc.record<Facts>({
    exit_code: fc.option(fc.integer({ min: 0, max: 255 })),
    signal: fc.option(fc.constantFrom('SIGKILL', 'SIGTERM', 'SIGSEGV')),
    stopped: fc.option(fc.constantFrom('cancel', 'shutdown', 'timeout', 'memory')),
    limits: fc.record({ timeout: fc.nat(), memory: fc.nat() }),
    out_of_memory: fc.option(fc.record({ limit: fc.option(fc.nat()) })),
    error: fc.option(
      fc.record({
        type: fc.constant('error'),
        class: fc.constantFrom(...ERROR_CLASSES),
        message: fc.string(),
        url: fc.option(fc.webUrl()),
        http: fc.option(fc.nat()),
        retry_after: fc.option(fc.nat()),
      }),
    ),
    output: fc.option(
      fc.oneof(
        fc.record({ rows: fc.nat(), bytes: fc.nat() }),
        fc.record({ refused: fc.constantFrom(...ERROR_CLASSES), message: fc.string() }),
      ),
    ),
    last_error_line: fc.option(fc.string({ maxLength: 3000 })),
    error_tail: fc.array(fc.string({ maxLength: 500 }), { maxLength: 40 }),
  })

  it('have one verdict: an error exactly when it failed, an output exactly when it completed', () => {
    fc.assert(
      fc.property(anyFacts, (known) => {
        const { outcome, error: judgedError, output } = judge(known)
        expect(judgedError !== null).toBe(outcome === 'failed')
        expect(output !== null).toBe(outcome === 'completed')
        const done = known.exit_code === 0 && known.stopped === null
        expect(outcome !== 'completed' || done).toBe(true)
        expect(judgedError?.message.length ?? 0).toBeLessThanOrEqual(500)
      }),
    )
  })
})
