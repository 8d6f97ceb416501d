/**
 * Addresses that a browser would fetch from elsewhere while it shows a page: scripts, styles, fonts, pictures, frames.
 * Links that a reader may follow are none.
 */

const patterns: readonly RegExp[] = [
  /<(?:script|img|iframe|source|video|audio|embed|track)\b[^>]*?\s(?:src|srcset|poster)\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/gi,
  /<link\b[^>]*?\shref\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/gi,
  /url\(\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi,
  /@import\s+["']((?:https?:)?\/\/[^"']+)/gi,
  /\b(?:fetch|import|importScripts|WebSocket|EventSource|sendBeacon)\(\s*["'`]((?:https?:|wss?:)?\/\/[^"'`]+)/g,
]

export function outsideUrls(text: string): string[] {
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, url = '']) => url))
}
