import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { House } from '../../../platform/context/house.ts'
import { maskName, type OutputOf } from '../../../platform/contract/index.ts'
import type { verifyReport } from '../contract/health-report.ts'
import { findByCode } from './store.ts'

const UNKNOWN: OutputOf<typeof verifyReport> = {
  state: null,
  because: null,
  organization: null,
  number: null,
  name: null,
  examOn: null,
  printedOn: null,
  signed: false,
  amended: false,
}

/** What the QR on the cover opens. It tells a paper's holder whether it is genuine, and a stranger next to nothing. */
export async function verify(house: House, code: string): Promise<OutputOf<typeof verifyReport>> {
  const organizationId = organizationOfToken(code)
  const tenant = organizationId ? await house.tenant(organizationId).catch(() => undefined) : undefined
  if (!tenant) return UNKNOWN
  const row = await findByCode(house.databases.of(tenant.id), tenant.id, hashToken(code))
  if (!row) return UNKNOWN
  return {
    state: row.state,
    because: row.state === 'withdrawn' ? row.withdrawn_because : null,
    organization: tenant.name,
    number: row.number,
    name: maskName(row.name),
    examOn: row.exam_on,
    printedOn: row.ready_at ? dateIn(row.ready_at, tenant.timeZone) : null,
    signed: row.signed_on !== null,
    amended: row.compositionState === 'amended',
  }
}
