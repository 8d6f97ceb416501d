/**
 * The loopback link of a network namespace that is ours alone: packets lost, the link down, a link too narrow. Only the
 * tools of the system do it (`ip`, `tc`), and only inside of the namespace that this process runs in.
 */
import { execFileSync } from 'node:child_process'

export class Link {
  /** How packets are lost here: `netem` where the kernel has it, else by the short queue of a narrow link. */
  readonly losesBy: 'netem' | 'a short queue'

  constructor() {
    run('ip', ['link', 'set', 'lo', 'up'])
    // As on a wire: else a whole burst is one packet.
    run('ip', ['link', 'set', 'lo', 'mtu', '1500'])
    this.losesBy = succeeds('tc', [...root, 'netem', 'loss', '0%']) ? 'netem' : 'a short queue'
    this.heal()
  }

  /** So many of a hundred packets are lost; without `netem`, all those that come while three wait. */
  lose(percent: number): void {
    if (this.losesBy === 'netem') run('tc', [...root, 'netem', 'loss', `${percent}%`])
    else run('tc', [...root, 'tbf', 'rate', '400kbit', 'burst', '3000', 'limit', '4500'])
  }

  /** Everything vanishes, and nobody is told. */
  down(): void {
    run('ip', ['link', 'set', 'lo', 'down'])
  }

  up(): void {
    run('ip', ['link', 'set', 'lo', 'up'])
  }

  heal(): void {
    this.up()
    succeeds('tc', ['qdisc', 'del', 'dev', 'lo', 'root'])
  }
}

const root = ['qdisc', 'replace', 'dev', 'lo', 'root']

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 5000 })
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    run(command, args)
    return true
  } catch {
    return false
  }
}
