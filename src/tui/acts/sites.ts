import type { Session } from '../session.ts'

/** Starts nothing more at the site, or goes on there. */
export async function pauseSite(session: Session, site: string, pause: boolean): Promise<void> {
  await session.execute({ type: pause ? 'pause' : 'unpause', site }, () =>
    pause
      ? { text: `${site} is paused: nothing more starts there`, style: 'warn' }
      : { text: `${site} goes on`, style: 'good' },
  )
}

/** Starts nothing more at any site, or goes on. */
export async function pauseAll(session: Session, pause: boolean): Promise<void> {
  await session.execute({ type: pause ? 'pause' : 'unpause' }, () =>
    pause
      ? { text: 'Everything is paused: nothing more starts', style: 'warn' }
      : { text: 'Work goes on', style: 'good' },
  )
}
