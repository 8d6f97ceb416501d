/**
 * A url as a message may show it. User, password, query and fragment can be secrets (C8.3), and
 * what is shown of wrong usage ends in logs. It must hold for texts that are no url at all.
 */

/** Hides too much rather than too little: a password may hold `/` and `?`, so all up to the last `@` is left out. */
export function shownUrl(text: string): string {
  return text.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1…@').replace(/([?#]).*$/s, '$1…')
}

/** What paths of Upbit's endpoints are made of. */
const ownNames = ['', 'websocket', 'v1', 'private']

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
