import { assemble } from '../../src/apps/assemble.ts'
import { careSteps } from '../../src/apps/care.ts'
import { travellingClock } from '../../src/platform/clock.ts'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { NO_LIMITS } from '../../src/platform/mail/pace/provider.ts'
import { silent } from '../../src/platform/log.ts'
import { evaluateDue } from '../../src/rooms/agenda/server/index.ts'
import { sendDue } from '../../src/rooms/message/server/index.ts'

/**
 * A worker for a test that kills it: works off what is due at the instant it is told, people or (where it is given a
 * mail server) messages; says `ready` before it begins and `done` when nothing is left.
 */
const { DATABASE, NOW, KEY, FILES, BATCH, SMTP } = process.env as Record<string, string>
const { house } = await assemble({
  databaseUrl: DATABASE!,
  role: APPLICATION_ROLE,
  key: Buffer.from(KEY!, 'hex'),
  filesFolder: FILES!,
  log: silent,
  clock: travellingClock(NOW!),
  poolMax: 4,
  // Its clock stands still, and a bucket would never fill up again.
  ...(SMTP ? { smtpUrl: SMTP, mailLimits: NO_LIMITS } : {}),
})
process.stdout.write('ready\n')
const from = performance.now()
let done = 0
for (const tenant of await house.tenants()) {
  const once = SMTP ? () => sendDue(house, tenant) : () => evaluateDue(house, tenant, careSteps, Number(BATCH))
  for (let found = 1; found > 0; done += found) found = await once()
}
process.stdout.write(`done ${done} in ${Math.round(performance.now() - from)} ms\n`)
process.exit(0)
