/** One role on the stage: plays until its stream ends, keeps the book of each life of it, and begins anew. */
import type { Tally } from '../../src/index'
import type { Part, Playing, Role } from './cast'
import type { World } from './world'
import { after, takes } from './world'

/** What was seen in one life of a role. */
export interface Book<E> {
  readonly name: string
  /** Events so far. */
  readonly count: number
  take(event: E): void
  close(error?: string): void
}

/** Who was ended by an error looks at it for a moment. */
const beginAgainMs = 1500

export class Player<E, B extends Book<E>> {
  readonly lives: B[] = []
  #playing: Playing | undefined
  #cancel = (): void => {}
  #isOver = false

  constructor(
    private readonly role: Role<E>,
    private readonly world: World,
    private readonly random: () => number,
    private readonly makeBook: (name: string) => B,
    /** Everything that is delivered, in order, for whoever wants its digest. */
    private readonly delivered: (name: string, event: E) => void,
  ) {}

  begin(): void {
    const name = `${this.role.name}/${this.lives.length + 1}`
    const book = this.makeBook(name)
    this.lives.push(book)
    const part: Part<E> = {
      upbit: this.world.upbit,
      name,
      take: (event) => {
        this.delivered(name, event)
        book.take(event)
      },
      ended: (error) => this.ended(book, error),
      takes: (durationMs) => takes(this.world, durationMs),
      random: this.random,
    }
    this.#playing = this.role.play(part)
  }

  /** Ended by an error that only its handle tells of. */
  look(): void {
    const book = this.book
    if (this.#playing?.tally !== undefined && this.#playing.closed === true && book !== undefined) {
      this.ended(book, { code: 'closed' })
    }
  }

  /** The account of a handler that is there. */
  get tally(): Tally | undefined {
    return this.#playing?.tally
  }

  get isPlaying(): boolean {
    return this.#playing !== undefined
  }

  /** What came in all its lives. */
  get count(): number {
    return this.lives.reduce((sum, { count }) => sum + count, 0)
  }

  get book(): B | undefined {
    return this.lives[this.lives.length - 1]
  }

  leave(): void {
    this.#isOver = true
    this.#cancel()
    if (this.#playing === undefined) return
    this.#playing.unsubscribe()
    this.#playing = undefined
    this.book?.close()
  }

  private ended(book: B, error: unknown): void {
    this.#playing = undefined
    const { code } = (error ?? {}) as { code?: string }
    book.close(error === undefined ? undefined : (code ?? 'an error without a code'))
    if (!this.#isOver) this.#cancel = after(this.world, beginAgainMs, () => this.begin())
  }
}
