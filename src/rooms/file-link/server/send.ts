import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { findMails, sendMessage, withdrawMessages } from '../../message/server/index.ts'
import { mailMaskedOf, requireVisible } from '../../patient/server/index.ts'
import { FILE_BYTES, type FileLinkLine } from '../contract/file-link.ts'
import { fileLinkProblem } from '../contract/problems.ts'
import { kindOf, nameOf, stateOf } from './rules/link-state.ts'
import { findLink, findLinks, insertLink, revoke, type FileLinkRow } from './store.ts'

export async function listLinks(ctx: ReadContext, patientId: string) {
  const person = await requireVisible(ctx, patientId)
  const rows = await findLinks(ctx.db, ctx.organizationId, patientId)
  return {
    links: await linesOf(ctx, rows),
    can: { send: ctx.actor.permissions.has('message.send') },
    hindrance: await hindranceOf(ctx, person),
  }
}

type Hindrance = 'no-birth-date' | 'no-mail' | 'no-web-address'

const PROBLEMS = {
  'no-birth-date': 'FileOwnerWithoutBirthDate',
  'no-mail': 'FileOwnerWithoutMail',
  'no-web-address': 'FileWithoutWebAddress',
} as const

/** Without a date of birth there is nothing to ask for, and a link that cannot be reached is none. */
async function hindranceOf(
  ctx: ReadContext,
  person: Awaited<ReturnType<typeof requireVisible>>,
): Promise<Hindrance | null> {
  if (!person.birth_date) return 'no-birth-date'
  if (!mailMaskedOf(ctx, person)) return 'no-mail'
  return (await addressOf(ctx)) ? null : 'no-web-address'
}

/** Empty while it leads to the reader's own machine: that is worse than no link. */
async function addressOf(ctx: ReadContext): Promise<string> {
  const { general } = await settingsOf(ctx)
  const address = webAddressOf(general, ctx.publicUrl)
  const host = URL.parse(address)?.hostname
  return host && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(host) ? address : ''
}

/**
 * Keeps the file, and has the person told by mail. The mail holds the link and nothing of the file, not even its name.
 * @throws Problem NotFound, FileTooLong, FileUnfit, FileOwnerWithoutBirthDate, FileOwnerWithoutMail, FileWithoutWebAddress
 */
export async function sendLink(ctx: WriteContext, patientId: string, days: number, call: Call): Promise<FileLinkLine> {
  const hindrance = await hindranceOf(ctx, await requireVisible(ctx, patientId))
  if (hindrance) throw fileLinkProblem(PROBLEMS[hindrance])
  const content = await bodyOf(call)
  const kind = kindOf(content)
  if (!kind) throw fileLinkProblem('FileUnfit')
  const file = await call.house.files.put(ctx.organizationId, content)
  const name = nameOf(decoded(String(call.headers['x-file-name'] ?? '')), kind.ending)
  const { token, hash } = newToken(ctx.organizationId)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const expires_at = new Date(now.getTime() + days * 86_400_000)
  const [sent] = await sendMessage(ctx, {
    patientId,
    template: 'file-link',
    touch: `file-link:${id}`,
    values: { link: `${await addressOf(ctx)}/api/f/${token}`, days: String(days) },
    notAfter: expires_at,
    source: 'file-link',
    sourceKey: id,
  })
  const row: FileLinkRow = {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    token_hash: hash,
    file_key: file.key,
    file_name_sealed: ctx.sealer.seal(ctx.organizationId, name),
    media: kind.media,
    size_bytes: file.sizeBytes,
    expires_at,
    wrong: 0,
    openings: 0,
    last_opened_at: null,
    message_id: sent?.id ?? null,
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
    created_at: now,
    revoked_at: null,
    revoked_by: null,
    revoked_by_name: null,
    merge_id: null,
    former_patient_id: null,
  }
  await insertLink(ctx.tx, row)
  ctx.audit.subjectId = id
  ctx.audit.detail = { days, media: kind.media, sizeBytes: file.sizeBytes }
  return (await linesOf(ctx, [row]))[0]!
}

/** @throws Problem NotFound, FileLinkOver */
export async function revokeLink(ctx: WriteContext, id: string): Promise<FileLinkLine> {
  const row = await findLink(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  await requireVisible(ctx, row.patient_id)
  const at = ctx.clock.now()
  if (!(await revoke(ctx.tx, ctx.organizationId, id, { id: ctx.actor.id, name: ctx.actor.name, at })))
    throw fileLinkProblem('FileLinkOver')
  // A mail that is still here would lead to a shut door.
  await withdrawMessages(ctx, { patientId: row.patient_id, source: 'file-link', sourceKey: id })
  ctx.audit.patientId = row.patient_id
  return (await linesOf(ctx, [(await findLink(ctx.db, ctx.organizationId, id))!]))[0]!
}

async function linesOf(ctx: ReadContext, rows: readonly FileLinkRow[]): Promise<FileLinkLine[]> {
  const mails = await findMails(
    ctx,
    rows.flatMap(({ message_id }) => message_id ?? []),
  )
  const states = new Map(mails.map(({ id, state }) => [id, state]))
  const now = ctx.clock.now()
  return rows.map((row) => ({
    id: row.id as FileLinkLine['id'],
    fileName: ctx.sealer.open(ctx.organizationId, row.file_name_sealed),
    sizeBytes: row.size_bytes,
    state: stateOf(row, now),
    mail: states.get(row.message_id ?? '') ?? 'planned',
    openings: row.openings,
    wrong: row.wrong,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    sentAt: row.created_at.toISOString(),
    sentBy: row.created_by_name,
    revoked: row.revoked_at ? { at: row.revoked_at.toISOString(), by: row.revoked_by_name ?? '' } : null,
  }))
}

async function bodyOf({ stream }: Call): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += (chunk as Buffer).length
    if (length > FILE_BYTES) throw fileLinkProblem('FileTooLong')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
