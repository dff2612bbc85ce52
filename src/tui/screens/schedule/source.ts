import { safeDeep } from '../../../domain/safe.ts'
import type { Slot } from '../../../domain/schedule.ts'
import { pagedSource } from '../../list/memory-source.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import type { Session } from '../../session.ts'
import { DECISIONS } from './looks.ts'
import { withRules } from './state.ts'

/** The ledger, newest first. */
export function slotSource({ engine, readable }: Pick<ListHost, 'engine' | 'readable'>): Source<Slot, never> {
  const ask = async (offset: number, limit: number) => {
    const { total, slots } = await engine.query({ type: 'schedule', offset, limit })
    return { total, rows: safeDeep(slots, readable) }
  }
  return pagedSource<Slot, never>(ask, {
    id: ({ schedule, slot }) => `${slot} ${schedule}`,
    readable,
    fields: ['batch'],
    searched: ({ schedule, decision, batch_id, reason }) => ({
      text: [schedule, DECISIONS[decision].word, batch_id ?? '', reason],
      words: { batch: batch_id === null ? [] : [batch_id] },
    }),
  })
}

/** Asks for the rules and for the ledger anew. */
export async function refreshSchedule(session: Session): Promise<void> {
  const { clock, readable } = session.surroundings
  session.set({ schedule: { ...session.state.schedule, asking: true } })
  const [view] = await Promise.all([
    session.ask({ type: 'schedule', offset: 0, limit: 0 }),
    session.lists.slots.refresh(),
  ])
  const schedule = { ...session.state.schedule, asking: false }
  if (!view) return session.set({ schedule })
  const rules = view.schedules.map((rule) => ({ ...safeDeep(rule, readable), key: rule.name }))
  session.set({ schedule: withRules(schedule, { rules, now: clock.now() }) })
}
