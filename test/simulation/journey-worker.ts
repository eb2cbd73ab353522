import { assemble } from '../../src/apps/assemble.ts'
import { travellingClock } from '../../src/platform/clock.ts'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { silent } from '../../src/platform/log.ts'
import { enterDue, stepDue } from '../../src/rooms/campaign/server/index.ts'

/** A worker for a test that kills it: lets people into their journeys and takes every step that is due at the instant it is told. */
const { DATABASE, NOW, KEY, FILES } = process.env as Record<string, string>
const { house } = await assemble({
  databaseUrl: DATABASE!,
  role: APPLICATION_ROLE,
  key: Buffer.from(KEY!, 'hex'),
  filesFolder: FILES!,
  log: silent,
  clock: travellingClock(NOW!),
  poolMax: 4,
})
process.stdout.write('ready\n')
for (const tenant of await house.tenants()) {
  await enterDue(house, tenant)
  while ((await stepDue(house, tenant)) > 0);
}
process.stdout.write('done\n')
process.exit(0)
