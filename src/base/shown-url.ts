/**
 * A url as a message may show it. User, password, query and fragment can be secrets (C8.3), and
 * what is shown of wrong usage ends in logs. It must hold for texts that are no url at all.
 */

/** Hides too much rather than too little: a password may hold `/` and `?`, so all up to the last `@` is left out. */
export function shownUrl(text: string): string {
  return text.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1…@').replace(/([?#]).*$/s, '$1…')
}

/** What paths of Upbit's endpoints are made of. */
const ownNames = ['', 'websocket', 'v1', 'private', 'info']

/** The url of an endpoint, without those parts of its path that are not Upbit's own: a gateway's may be a token. */
export function shownEndpoint(url: string): string {
  return shownUrl(url).replace(
    /^([a-z][\w+.-]*:\/\/[^/?#]*)([^?#]*)/i,
    (_, origin: string, path: string) =>
      origin +
      path
        .split('/')
        .map((name) => (ownNames.includes(name) ? name : '…'))
        .join('/'),
  )
}

/** A host with a dot, or this machine, with or without a port: what is a url but for its scheme. No key and no JWT is one. */
export function isHostName(text: string): boolean {
  return /^(localhost|[a-z\d-]{1,63}(\.[a-z\d-]{1,63})+)(:\d{1,5})?$/i.test(text)
}

/**
 * What was given as a url and is none that is wanted: it may be anything, a key by a slip too. Shown is a host, and a url as
 * that of an endpoint; of all else nothing.
 */
export function shownWrongUrl(text: string): string {
  if (text === '' || isHostName(text.replace(/\/$/, ''))) return text
  if (!/^(wss?|https?|ftp):\/\//i.test(text)) return '…'
  try {
    const { href, pathname, search, hash } = new URL(text)
    // A password that was not encoded may have the slash in it at which the host seems to end.
    return `${pathname}${search}${hash}`.includes('@') ? '…' : shownEndpoint(href)
  } catch {
    return '…'
  }
}
