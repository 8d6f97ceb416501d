/**
 * A text of its own. A part that the engine cuts from a longer text is a view that keeps the whole of it alive: an id of
 * 17 digits that is remembered would hold its frame of 450 bytes.
 */
export function flatText(text: string): string {
  return String.fromCharCode(...Array.from(text, (character) => character.charCodeAt(0)))
}
