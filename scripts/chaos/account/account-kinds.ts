/** The faults of an account: of its connection and its dials, of its frames, of REST where it is asked and ordered at. */
import type { Draw, FaultKind } from '../fault-kinds'

const nothing = (): object => ({})
const broken = ['reset', 'hang', '500', '502', 'truncated', 'invalid-json'] as const

export const accountKinds: readonly FaultKind[] = [
  // The connection and its dials.
  breaking('private-cut', 4, nothing),
  breaking('private-close', 2, (draw) => ({ code: draw.pick([1000, 1001, 1011, 1012, 1013, 4000]) })),
  breaking('private-accept-then-close', 2, (draw) => ({
    times: draw.whole(1, 4),
    code: draw.pick([1000, 1006]),
    afterMs: draw.pick([0, 0, 20, 300]),
  })),
  breaking('private-401-nonce', 2, nothing),
  breaking('private-429', 2, (draw) => ({
    times: draw.whole(1, 4),
    retryAfterMs: draw.pick([0, 1000, 3000]),
  })),
  breaking('private-418', 1, (draw) => ({ times: 1, retryAfterMs: draw.whole(1, 20) * 1000 })),
  breaking('private-5xx', 2, (draw) => ({
    times: draw.whole(1, 4),
    status: draw.pick([500, 502, 503, 504]),
  })),
  breaking('private-dial-reset', 2, (draw) => ({ times: draw.whole(1, 3) })),
  breaking('private-dial-hang', 1, () => ({ times: 1 })),
  breaking('private-stall', 2, nothing),
  breaking('private-error-frame', 2, (draw) => ({
    error: draw.pick(['WRONG_FORMAT', 'NO_TICKET', 'INVALID_PARAM', 'SOMETHING_NEW']),
  })),
  breaking('private-limit-frame', 1, (draw) => ({
    error: draw.pick(['TOO_MANY_REQUEST', 'Too Many Requests', "I'm a teapot"]),
  })),

  // What comes on it.
  sending('private-doubled', 4, (draw) => ({ count: draw.whole(1, 8) })),
  sending('private-late', 4, (draw) => ({ count: draw.whole(1, 8), byMs: draw.whole(1, 8000) })),
  sending('private-reordered', 6, (draw) => ({ forMs: draw.whole(100, 3000), acts: draw.whole(2, 8) })),
  sending('private-lost', 5, (draw) => ({ acts: draw.whole(1, 4) })),
  sending('private-malformed', 2, (draw) => ({
    shape: draw.pick(['not-json', 'not-utf8', 'cut-short', 'wrong-shape', 'oversize', 'proto-key', 'empty']),
  })),
  sending('private-format-flip', 3, (draw) => ({
    format: draw.pick(['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST']),
  })),
  sending('private-status', 1, nothing),
  sending('private-resubscribed', 3, (draw) => ({ forMs: draw.whole(300, 5000) })),
  sending('private-burst', 2, (draw) => ({ acts: draw.whole(20, 80) })),

  // REST of the account.
  sending('account-rest-refused', 5, (draw) => ({
    answer: draw.pick(['429', '418', '500', '503', 'reset', 'hang', 'invalid-json', 'truncated']),
    times: draw.whole(1, 6),
    path: draw.pick(['/v1/accounts', '/v1/orders', '/v1/order']),
  })),
  sending('account-rest-slow', 2, (draw) => ({
    delayMs: draw.whole(50, 3000),
    forMs: draw.whole(2000, 15_000),
  })),
  sending('order-answer-lost', 4, (draw) => ({ answer: draw.pick(broken) })),
  sending('order-refused', 4, (draw) => ({
    answer: draw.pick(['429', '418', ...broken]),
    times: draw.whole(1, 3),
  })),
  sending('cancel-answer-lost', 2, (draw) => ({ answer: draw.pick(broken) })),
]

function breaking(name: string, weight: number, draw: (draw: Draw) => object): FaultKind {
  return { name, where: 'account', breaks: true, weight, draw: draw as FaultKind['draw'] }
}

function sending(name: string, weight: number, draw: (draw: Draw) => object): FaultKind {
  return { name, where: 'account', breaks: false, weight, draw: draw as FaultKind['draw'] }
}
