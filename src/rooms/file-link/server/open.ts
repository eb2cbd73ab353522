import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import { readContext, write, type House } from '../../../platform/context/house.ts'
import { systemActor, type Actor, type Tenant } from '../../../platform/context/context.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { readDate } from '../../../platform/patient-web/read-date.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { fileLinkProblem } from '../contract/problems.ts'
import { filePageOf, type FilePageState } from './rules/file-page.ts'
import { stateOf } from './rules/link-state.ts'
import { findByToken, noteOpening, noteWrong, type FileLinkRow } from './store.ts'

interface Found {
  row: FileLinkRow
  tenant: Tenant
  actor: Actor
  birthDate: string | null
  locale: Locale
}

/** Asks for the date of birth. Looking counts nothing. @throws Problem FileLinkUnknown */
export async function showFilePage(house: House, token: string): Promise<Stream> {
  const found = await find(house, token)
  return page(house, found, token, isOpen(house, found) ? 'ask' : 'shut')
}

/** The file, for whoever knows the date; each try and each opening stands in the log. @throws Problem FileLinkUnknown */
export async function openFile(house: House, token: string, call: Call): Promise<Stream> {
  const found = await find(house, token)
  if (!isOpen(house, found)) return page(house, found, token, 'shut')
  const given = readDate(new URLSearchParams(await readBody(call)).get('birthDate') ?? '')
  // What is no date was mistyped and guesses at nothing.
  if (!given) return page(house, found, token, 'unread')
  const { tenant, actor, row } = found
  const isRight = given === found.birthDate
  const isTaken = await write(house, { tenant, actor }, async (ctx) => {
    const taken = isRight ? await noteOpening(ctx.tx, row, ctx.clock.now()) : await noteWrong(ctx.tx, row)
    const entry = {
      organizationId: tenant.id,
      actor,
      action: 'file-link.open',
      outcome: isRight && taken ? ('done' as const) : ('denied' as const),
      patientId: row.patient_id,
      subjectId: row.id,
      detail: {},
      requestId: null,
      address: call.address,
    }
    await house.recordAudit(ctx.tx, entry, ctx.clock.now(), ctx.ids)
    return taken
  })
  if (!isRight) return page(house, found, token, isTaken && isOpen(house, await find(house, token)) ? 'wrong' : 'shut')
  if (!isTaken) return page(house, found, token, 'shut')
  const fileName = house.sealer.open(tenant.id, row.file_name_sealed)
  return { stream: await house.files.get(tenant.id, row.file_key), media: row.media, fileName }
}

const isOpen = (house: House, { row }: Found): boolean => stateOf(row, house.clock.now()) === 'open'

async function find(house: House, token: string): Promise<Found> {
  const organizationId = organizationOfToken(token)
  const row = organizationId
    ? await findByToken(house.databases.of(organizationId), organizationId, hashToken(token))
    : undefined
  if (!row) throw fileLinkProblem('FileLinkUnknown')
  const tenant = await house.tenant(row.organization_id)
  // The person themselves, as far as whoever holds the link and knows the date is them.
  const actor = { ...systemActor(tenant.id, 'file link'), kind: 'patient' as const }
  const person = await patientSummary(readContext(house, { tenant, actor }), row.patient_id)
  return { row, tenant, actor, birthDate: person?.birthDate ?? null, locale: person?.locale ?? tenant.locale }
}

function page(house: House, { tenant, locale }: Found, token: string, state: FilePageState): Stream {
  const word = (key: string) => house.translate(locale, 'file-link', `page.${key}`, {})
  const html = filePageOf({ locale, organization: tenant.name, state, token, word })
  return { stream: Buffer.from(html), media: 'text/html; charset=utf-8' }
}

const BODY_MAX = 1024

async function readBody({ stream }: Call): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) {
    text += String(chunk)
    if (text.length > BODY_MAX) break
  }
  return text
}
