import { Picture } from './cells/picture.ts'
import type { TtyOut } from './tty-out.ts'
import type { View } from './view.ts'

/** Brings views to the terminal. While that takes nothing, the newest one waits. */
export class Painter {
  private readonly out: TtyOut
  private readonly picture = new Picture()
  private view: View | undefined

  constructor(out: TtyOut) {
    this.out = out
  }

  show(view: View): void {
    this.view = view
    this.paint()
  }

  /** Draws all of it anew, whatever the terminal shows. */
  redraw(): void {
    this.picture.forget()
    this.paint()
  }

  /** Sends a sequence that changes no cell. */
  send(sequence: string): void {
    this.out.send(sequence, () => this.paint())
  }

  private paint(): void {
    const { view, out } = this
    if (!view || out.congested) return
    // Of another size than the terminal has by now: the view for that is on its way.
    if (view.columns !== out.columns || view.rows !== out.rows) return
    const text = this.picture.show(view)
    if (text !== '') this.out.send(text, () => this.paint())
  }
}
