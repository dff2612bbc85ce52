import { safeDeep } from '../../../domain/safe.ts'
import type { Slot } from '../../../domain/schedule.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import type { Session } from '../../session.ts'
import { withRules } from './state.ts'

/** The ledger, newest first. */
export function slotSource({ engine, readable }: Pick<ListHost, 'engine' | 'readable'>): Source<Slot, never> {
  return {
    id: ({ schedule, slot }) => `${slot} ${schedule}`,
    async page({ offset, limit }) {
      const { total, slots } = await engine.query({ type: 'schedule', offset, limit })
      return { total, rows: safeDeep(slots, readable), position: null }
    },
    ids: async () => [],
  }
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
