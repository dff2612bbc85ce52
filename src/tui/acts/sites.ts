import { safe } from '../../domain/safe.ts'
import type { Session } from '../session.ts'
import type { Notice } from '../state.ts'

/** Starts nothing more at the site, or goes on there. */
export function pauseSite(session: Session, site: string, pause: boolean): void {
  if (pause) {
    const done: Notice = { text: `${site} is paused: nothing more starts there`, style: 'warn' }
    return session.execute({ type: 'pause', site }, () => done)
  }
  session.execute({ type: 'unpause', site }, ({ note }) =>
    note === null
      ? { text: `${site} goes on`, style: 'good' }
      : { text: `${site} goes on ${safe(note)}`, style: 'warn' },
  )
}

/** Pauses the site, or goes on there where it is paused. */
export function turnSite(session: Session, site: string): void {
  const view = session.state.shown?.overview.sites.find((each) => each.site === site)
  pauseSite(session, site, view?.state !== 'paused')
}

/** Pauses everything, or goes on where that is paused. */
export function turnAll(session: Session): void {
  pauseAll(session, session.state.shown?.overview.engine.state !== 'paused')
}

/** Starts nothing more at any site, or goes on. */
export function pauseAll(session: Session, pause: boolean): void {
  session.execute({ type: pause ? 'pause' : 'unpause' }, () =>
    pause
      ? { text: 'Everything is paused: nothing more starts', style: 'warn' }
      : { text: 'Work goes on', style: 'good' },
  )
}
