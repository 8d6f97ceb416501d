export default {
  // Left as it is installed: bundled it would be in the server's output once for pages and once for routes. Not the
  // whole of upbit-rx, whose rxjs would then be another copy than the one that Next bundles with your code.
  serverExternalPackages: ['ws'],
}
