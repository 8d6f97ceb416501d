/** What `npm run chaos -- --netns` starts inside of its network namespace: never by hand, since it takes the link down. */
import { readlinkSync } from 'node:fs'
import { faultKinds } from './chaos/fault-kinds'
import { faultPlan, planDigest } from './chaos/fault-plan'
import { Link } from './chaos/link'
import type { NetnsPlan } from './chaos/netns'
import { planTable, reportText, violationText } from './chaos/report'
import { runReal } from './chaos/run-real'

const { seed, faults, seconds, speed, outside } = JSON.parse(process.argv[2] ?? '{}') as NetnsPlan
// The link of the machine's own network is everybody's.
if (outside === undefined || readlinkSync('/proc/self/ns/net') === outside) {
  console.error('this is no network of its own: npm run chaos -- --netns makes one')
  process.exit(2)
}

const link = new Link()
const durationMs = seconds * speed * 1000
const kinds = faultKinds.filter(({ where }) => where === 'link')
const plan = faultPlan({ seed, faults, durationMs, kinds })
const report = await runReal({
  seed,
  rounds: [{ side: 'both', durationMs, plan }],
  perSecond: 20,
  speed,
  link,
  progress: () => {},
})
link.heal()
const again = `npm run chaos -- --part netns --seed ${seed} --faults ${faults}`
console.log(
  `${plan.length} faults of the link, plan ${planDigest(plan)}; packets are lost by ${link.losesBy}\n`,
)
console.log(`${planTable(plan)}\n\n${reportText(report)}`)
if (report.violationCount > 0) {
  console.log(`\n${violationText(report, again)}`)
  process.exitCode = 1
}
