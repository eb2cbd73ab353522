import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { messageProblem } from '../contract/problems.ts'
import { loadAddressees } from './facts-store.ts'
import { pageOfLedger } from './list.ts'
import { preferencesOf } from './preference.ts'
import { leaksOf } from './rules/private-content.ts'
import { phrasesIn } from './rules/template-check.ts'
import { sendMessage } from './send.ts'
import { listCodes } from './template-store.ts'
import { templatesInForce } from './templates.ts'
import { topicsOf } from './topic.ts'
import { languageOf } from './view.ts'

/** Consents and life are the same for all there is. */
const ANY = { topic: 'service', urgent: false } as const

/** What one person was sent, what they do not want, and what may be sent by hand. @throws Problem NotFound */
export async function messagesOfPatient(
  ctx: ReadContext,
  patientId: string,
  page: { cursor?: string | undefined; limit: number },
) {
  await requireVisible(ctx, patientId)
  const addressee = (await loadAddressees(ctx, [patientId])).get(patientId)
  const consent = addressee?.person('care', 'email', ANY).consent ?? {}
  const maySend = ctx.actor.permissions.has('message.send')
  return {
    ...(await pageOfLedger(ctx, { patientId }, page)),
    preferences: await preferencesOf(ctx, patientId),
    topics: await topicsOf(ctx, patientId),
    consents: { service: consent.service ?? null, promotion: consent.promotion ?? null },
    byHand: maySend ? await templatesByHand(ctx) : [],
    can: { send: maySend && addressee?.person('service', 'in-app', ANY).state === 'active', setPreference: maySend },
  }
}

async function templatesByHand(ctx: ReadContext) {
  const language = languageOf(ctx)
  const templates = await templatesInForce(ctx, await listCodes(ctx.db, ctx.organizationId))
  return [...templates.values()]
    .filter(({ definition }) => definition.byHand)
    .map(({ definition: { code, name, occasion, variables } }) => ({
      code,
      name: name[language],
      occasion: occasion[language],
      variables: variables.map((variable) => ({
        name: variable.name,
        label: variable.label[language],
        example: variable.example[language],
        optional: variable.optional,
      })),
    }))
}

/**
 * Sends a template by hand: the same one to the same person once a day, so that a second click does nothing. What is
 * typed into it is read at once, so that a result or a promise is refused to whoever typed it and not by night.
 * @throws Problem NotFound, TemplateUnknown, TemplateNotByHand, TemplateUnfit, SentTodayAlready
 */
export async function sendByHand(
  ctx: WriteContext,
  patientId: string,
  { template: code, values }: { template: string; values: Record<string, string> },
) {
  await requireVisible(ctx, patientId)
  const template = (await templatesInForce(ctx, [code])).get(code)
  if (!template) throw messageProblem('TemplateUnknown', { code })
  if (!template.definition.byHand) throw messageProblem('TemplateNotByHand')
  const typed = Object.values(values).join('\n')
  const lacking = template.definition.variables.filter((variable) => !variable.optional && !values[variable.name])
  const unfit = lacking.length + leaksOf({ subject: '', text: typed, html: '' }).length + phrasesIn(typed).length
  if (unfit > 0) throw messageProblem('TemplateUnfit', { count: unfit }, 'body.values')
  ctx.audit.detail = { template: code }
  const sent = await sendMessage(ctx, {
    patientId,
    template: code,
    touch: `hand:${code}:${ctx.today}`,
    values,
    source: 'by-hand',
    sourceKey: ctx.actor.id ?? undefined,
  })
  if (!sent.some((row) => row.created)) throw messageProblem('SentTodayAlready')
  const { rows } = await pageOfLedger(ctx, { patientId }, { limit: 20 })
  return { rows: rows.filter((row) => sent.some(({ id }) => id === row.id)) }
}
