/**
 * A url as a message may show it. User, password, query and fragment can be secrets (C8.3), and
 * what is shown of wrong usage ends in logs. It must hold for texts that are no url at all.
 */

/** Hides too much rather than too little: a password may hold `/` and `?`, so all up to the last `@` is left out. */
export function shownUrl(text: string): string {
  return text.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1…@').replace(/([?#]).*$/s, '$1…')
}
