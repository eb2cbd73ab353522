import { join } from 'node:path'
import { travellingClock } from '../../src/platform/clock.ts'
import type { House } from '../../src/platform/context/house.ts'
import { createDatabases, createPool } from '../../src/platform/database/database.ts'
import { APPLICATION_ROLE } from '../../src/platform/database/migrate.ts'
import { uuidV7Ids } from '../../src/platform/ids.ts'
import { silent } from '../../src/platform/log.ts'
import { openMail } from '../../src/platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../src/platform/mail/pace/provider.ts'
import { createSealer } from '../../src/platform/pii/sealer.ts'
import { openSentTail } from '../../src/platform/sent/tail.ts'
import { sendDue } from '../../src/rooms/message/server/sender.ts'

/**
 * A sender for a test that kills it: sends what is due at the instant it is told, and leaves when nothing is left. It has
 * of the house what a sender needs, so that it begins within a second.
 */
const { DATABASE, NOW, KEY, FILES, SMTP, TENANT } = process.env as Record<string, string>
const clock = travellingClock(NOW!)
const tenant = JSON.parse(TENANT!)
const owner = `${process.pid}-${uuidV7Ids(clock).next()}`
const mail = openMail(SMTP!, {
  clock,
  log: silent,
  folder: join(FILES!, 'mail'),
  owner,
  limitsOf: () => NO_LIMITS,
})
const house = {
  databases: createDatabases(createPool({ url: DATABASE!, role: APPLICATION_ROLE, max: 6 })),
  clock,
  ids: uuidV7Ids(clock),
  log: silent,
  sealer: createSealer(Buffer.from(KEY!, 'hex')),
  mail,
  sent: openSentTail({ folder: join(FILES!, 'mail', 'sent'), owner, clock, ids: uuidV7Ids(clock) }),
  publicUrl: 'http://localhost:3000',
  listened: new Set<string>(),
  nudge: () => {},
  tenants: async () => [tenant],
} as Partial<House> as House
while ((await sendDue(house, tenant)) > 0);
await mail.close()
process.exit(0)
