import type { Session } from '../session.ts'

/** Starts nothing more at the site, or goes on there. */
export function pauseSite(session: Session, site: string, pause: boolean): void {
  session.execute({ type: pause ? 'pause' : 'unpause', site }, () =>
    pause
      ? { text: `${site} is paused: nothing more starts there`, style: 'warn' }
      : { text: `${site} goes on`, style: 'good' },
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
