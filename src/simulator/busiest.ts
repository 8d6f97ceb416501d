/**
 * The most that has come in any window of a length, whatever windows a limit is counted by: so a proof asks what the
 * server has seen, not what the client thinks it sent.
 */

export class BusiestWindow {
  private readonly recent: number[] = []
  private most = 0

  constructor(private readonly periodMs: number) {}

  /** The largest number that came within the period. */
  get count(): number {
    return this.most
  }

  /** Two that come exactly a period apart are of two windows. */
  add(atMs: number): void {
    this.recent.push(atMs)
    while ((this.recent[0] as number) <= atMs - this.periodMs) this.recent.shift()
    this.most = Math.max(this.most, this.recent.length)
  }
}

/** What came most in a second and longer, each the largest of any connection, address or account. */
export interface BusiestWindows {
  readonly dials: { readonly perSecond: number; readonly perTenSeconds: number }
  /** Of one connection; a text `PING` counts. */
  readonly messages: { readonly perSecond: number; readonly perMinute: number }
  /** REST calls in a second by group, `origin` in ten seconds; refused ones count. */
  readonly rest: Readonly<Record<string, number>>
}

export class Busiest {
  private readonly dialsPerSecond = new BusiestWindow(1_000)
  private readonly dialsPerTenSeconds = new BusiestWindow(10_000)
  private readonly connections = new Map<number, readonly [BusiestWindow, BusiestWindow]>()
  private readonly calls = new Map<string, BusiestWindow>()
  private readonly rest = new Map<string, number>()
  private perSecond = 0
  private perMinute = 0

  dial(atMs: number): void {
    this.dialsPerSecond.add(atMs)
    this.dialsPerTenSeconds.add(atMs)
  }

  message(connection: number, atMs: number): void {
    let windows = this.connections.get(connection)
    if (windows === undefined) {
      windows = [new BusiestWindow(1_000), new BusiestWindow(60_000)]
      this.connections.set(connection, windows)
    }
    for (const window of windows) window.add(atMs)
    this.perSecond = Math.max(this.perSecond, windows[0].count)
    this.perMinute = Math.max(this.perMinute, windows[1].count)
  }

  /** A connection has ended: what it did is counted already. */
  connectionEnded(connection: number): void {
    this.connections.delete(connection)
  }

  call(group: string, scope: string, atMs: number): void {
    const key = `${group} ${scope}`
    let window = this.calls.get(key)
    if (window === undefined) {
      window = new BusiestWindow(group === 'origin' ? 10_000 : 1_000)
      this.calls.set(key, window)
    }
    window.add(atMs)
    this.rest.set(group, Math.max(this.rest.get(group) ?? 0, window.count))
  }

  get windows(): BusiestWindows {
    return {
      dials: { perSecond: this.dialsPerSecond.count, perTenSeconds: this.dialsPerTenSeconds.count },
      messages: { perSecond: this.perSecond, perMinute: this.perMinute },
      rest: Object.fromEntries(this.rest),
    }
  }
}
