/** jsdom has neither of the two, whatever is tested in it; the library reads frames with them. */
const { TextDecoder, TextEncoder } = require('node:util')

Object.assign(globalThis, { TextDecoder, TextEncoder })
