import { assemble } from '../../src/apps/assemble.ts'
import { travellingClock } from '../../src/platform/clock.ts'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { silent } from '../../src/platform/log.ts'
import { closeRenderer, workOpenBatches } from '../../src/rooms/health-report/server/index.ts'

/** A worker for a test that kills it: works off lists of reports at the instant it is told, until nothing is free. */
const { DATABASE, NOW, KEY, FILES } = process.env as Record<string, string>
const { house } = await assemble({
  databaseUrl: DATABASE!,
  role: APPLICATION_ROLE,
  key: Buffer.from(KEY!, 'hex'),
  filesFolder: FILES!,
  log: silent,
  clock: travellingClock(NOW!),
  poolMax: 6,
})
process.stdout.write('ready\n')
const from = performance.now()
for (const tenant of await house.tenants()) await workOpenBatches(house, tenant)
await closeRenderer()
process.stdout.write(`done in ${Math.round(performance.now() - from)} ms\n`)
process.exit(0)
