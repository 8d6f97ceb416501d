/** Colours by meaning. The plain style leaves every text as it is, so that a board can be read, and tested, without. */

export type Paint = (text: string) => string

export interface Style {
  /** Upbit's convention, the Korean one: red is up, blue is down. */
  readonly up: Paint
  readonly down: Paint
  /** A price that has just moved. */
  readonly justUp: Paint
  readonly justDown: Paint
  readonly simulated: Paint
  readonly replay: Paint
  readonly strong: Paint
  readonly quiet: Paint
  readonly heading: Paint
  readonly good: Paint
  readonly warning: Paint
  readonly bad: Paint
  /** The filled and the empty part of a bar. */
  readonly filled: Paint
  readonly empty: Paint
}

const same: Paint = (text) => text
/** `codes` are parameters of SGR, the control sequence for colours; 0 ends them all. */
const sgr =
  (codes: string): Paint =>
  (text) =>
    text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`

export const plainStyle: Style = {
  up: same,
  down: same,
  justUp: same,
  justDown: same,
  simulated: same,
  replay: same,
  strong: same,
  quiet: same,
  heading: same,
  good: same,
  warning: same,
  bad: same,
  // Without colours a bar needs letters.
  filled: (text) => '#'.repeat(text.length),
  empty: (text) => '.'.repeat(text.length),
}

export const colourStyle: Style = {
  // The bright ones: dark blue on black is hardly seen.
  up: sgr('91'),
  down: sgr('94'),
  justUp: sgr('1;97;41'),
  justDown: sgr('1;97;44'),
  simulated: sgr('1;30;43'),
  replay: sgr('1;97;45'),
  strong: sgr('1'),
  quiet: sgr('2'),
  heading: sgr('2;4'),
  good: sgr('92'),
  warning: sgr('93'),
  bad: sgr('1;91'),
  filled: sgr('42'),
  empty: sgr('100'),
}

/** Colours, unless `NO_COLOR` is set to anything (no-color.org). */
export function styleFor(env: Readonly<Record<string, string | undefined>>): Style {
  return (env['NO_COLOR'] ?? '') === '' ? colourStyle : plainStyle
}
