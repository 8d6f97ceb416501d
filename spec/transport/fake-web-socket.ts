/** A page's `WebSocket` as far as the adapter uses it, and the hands that move it. */
export class FakeWebSocket {
  static readonly made: FakeWebSocket[] = []

  binaryType = 'blob'
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: (() => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  readonly sent: string[] = []
  closedWith: number | undefined
  answersClose = true

  constructor(readonly url: string) {
    // As a page's class does for what is no url.
    new URL(url)
    FakeWebSocket.made.push(this)
  }

  send(text: string): void {
    if (this.readyState === 0) throw new Error('InvalidStateError: still in CONNECTING state')
    this.sent.push(text)
  }

  close(code: number): void {
    const wasOpen = this.readyState === 1
    this.readyState = 2
    this.closedWith = wasOpen ? code : 1006
    if (this.answersClose) queueMicrotask(() => this.closed(wasOpen ? code : 1006, ''))
  }

  open(): void {
    if (this.readyState !== 0) return
    this.readyState = 1
    this.onopen?.()
  }

  /** Bytes come as the page has asked for them. */
  message(data: string | Uint8Array): void {
    if (typeof data === 'string') return this.onmessage?.({ data })
    const buffer = data.slice().buffer
    this.onmessage?.({ data: this.binaryType === 'arraybuffer' ? buffer : new Blob([buffer]) })
  }

  closed(code: number, reason: string): void {
    if (this.readyState === 3) return
    this.readyState = 3
    if (code === 1006) this.onerror?.()
    this.onclose?.({ code, reason })
  }
}
