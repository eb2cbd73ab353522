import { hideTokens } from '../../../platform/auth/token.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { settingsOf } from '../../organization/server/index.ts'
import type { MessageCopy, MessageLine } from '../contract/message.ts'
import { openContent } from './content-seal.ts'
import { findMessage, type NamedMessageRow } from './list-store.ts'
import type { Content } from './rules/compose.ts'
import { readSendRules } from './rule.ts'
import { mayApprove, mayCancel, mayTryAgain } from './rules/message-states.ts'
import { findEvents, type EventDetail } from './store.ts'
import { templateNames, templatesInForce, type InForce } from './templates.ts'

export const languageOf = (ctx: Pick<ReadContext, 'locale'>): 'zh' | 'en' => (ctx.locale === 'en' ? 'en' : 'zh')

export function lineOf(ctx: ReadContext, row: NamedMessageRow, templates: ReadonlyMap<string, InForce>): MessageLine {
  return {
    id: row.id as MessageLine['id'],
    patientId: row.patient_id as PatientId,
    patientName: row.patient_name,
    channel: row.channel,
    template: row.template,
    templateName: templateNames(templates, row.template, languageOf(ctx)),
    purpose: row.purpose,
    state: row.state,
    reason: reasonFor(ctx, row.reason),
    toMasked: row.to_masked,
    toRelative: row.relative_id !== null,
    attempts: row.attempts,
    possibleDoubles: row.possible_doubles,
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
    replied: row.replied,
  }
}

/** That somebody is in a crisis is for who looks after mind or danger; to others an important result is open. */
function reasonFor({ actor: { permissions } }: ReadContext, reason: string | null): string | null {
  const may = permissions.has('alert.read') || permissions.has('questionnaire.answers-mental')
  return reason === 'in-crisis' && !may ? 'open-alert' : reason
}

/** The copy of one message, for whoever may see the person. @throws Problem NotFound */
export async function showMessage(ctx: ReadContext, messageId: string): Promise<MessageCopy> {
  const row = await findMessage(ctx.db, ctx.organizationId, ctx.actor, messageId, ctx.clock.now())
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  const templates = await templatesInForce(ctx, [row.template])
  const events = await findEvents(ctx.db, ctx.organizationId, row.id)
  const maySend = ctx.actor.permissions.has('message.send')
  const { general } = await settingsOf(ctx)
  const { policy } = await readSendRules(ctx, general)
  return {
    ...lineOf(ctx, row, templates),
    touch: row.touch,
    templateVersion: row.template_version,
    locale: row.locale,
    urgent: row.urgent,
    viaGuardian: row.via_guardian,
    notAfter: row.not_after?.toISOString() ?? null,
    source: row.source,
    reply: row.reply,
    content: row.content_sealed ? copyOf(openContent(ctx, row.content_sealed)) : null,
    events: events.map((event) => {
      const { reason = null, saw = null, until = null, rule = null, because = null } = event.detail as EventDetail
      return {
        kind: event.kind,
        reason: reasonFor(ctx, reason),
        by: event.by_name,
        at: event.at.toISOString(),
        saw,
        until,
        rule,
        because,
      }
    }),
    can: {
      cancel: maySend && mayCancel(row.state),
      tryAgain: maySend && !row.relative_id && mayTryAgain(row.state, row.reason, row.channel),
      approve: maySend && mayApprove(row, policy) && row.created_by !== ctx.actor.id,
    },
  }
}

/** What was sent, without the links that open somebody's own pages: staff read the copy, and do not go in with it. */
function copyOf({ subject, text, html }: Content): Content {
  return { subject, text: hideTokens(text), html: hideTokens(html) }
}
