import { storable } from '../../../clinical/questionnaire/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import type {
  checkDefinition,
  DefinitionView,
  listDefinitions,
  publishDraft,
  saveDraft,
} from '../contract/definitions.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import {
  deleteDraft,
  findVersion,
  keepDraftVersion,
  listQuestionnaires,
  publishVersion,
  retireVersion,
  type Listed,
  type QuestionnaireRow,
} from './definition-store.ts'
import { faultsInDefinition } from '../contract/faults.ts'
import { countQuestions, readDefinition, titleOf } from './form.ts'

export async function listAll(ctx: ReadContext): Promise<OutputOf<typeof listDefinitions>> {
  const rows = await listQuestionnaires(ctx.db, ctx.organizationId)
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return {
    rows: rows.map(summaryOf),
    can: { draft: may('questionnaire.design'), send: may('questionnaire.send') },
  }
}

export async function readVersion(ctx: ReadContext, code: string, version: number): Promise<DefinitionView> {
  const row = await findVersion(ctx.db, ctx.organizationId, code, version)
  if (!row) throw questionnaireProblem('QuestionnaireUnknown', { code })
  return viewOf(ctx, row)
}

/** What the engine makes of a file, before anybody keeps it. */
export function check(definition: Record<string, unknown>): OutputOf<typeof checkDefinition> {
  const { form, problems, unsupported, toEmbed } = readDefinition(definition)
  return {
    title: titleOf(form, ''),
    questions: countQuestions(form),
    problems: problems.map((one) => ({ ...one })),
    unsupported,
    toEmbed,
  }
}

/** @throws Problem NotAQuestionnaire, ChangedMeanwhile */
export async function keepDraft(
  ctx: WriteContext,
  code: string,
  body: InputOf<typeof saveDraft>['body'],
): Promise<DefinitionView> {
  // A control character pasted into one question would lose the whole draft.
  const definition = storable(body.definition)
  const { form, problems } = readDefinition(definition)
  if (problems.some((one) => one.code === 'not-a-questionnaire'))
    throw questionnaireProblem('NotAQuestionnaire', {}, 'body.definition')
  const title = titleOf(form, code)
  const row = await keepDraftVersion(
    ctx.tx,
    ctx.organizationId,
    {
      code,
      titleZh: title.zh,
      titleEn: title.en,
      sensitivity: body.sensitivity,
      definition,
      questions: countQuestions(form),
      licence: body.licence,
      source: body.source,
      at: ctx.clock.now(),
      by: ctx.actor,
    },
    body.revision,
  )
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { code, version: row.version, revision: row.revision }
  return viewOf(ctx, row)
}

/**
 * Puts a draft in force. Who wrote it last does not publish it: two people read what is asked of patients.
 * @throws Problem DefinitionFaulty, OwnQuestionnaire, ChangedMeanwhile
 */
export async function publish(
  ctx: WriteContext,
  code: string,
  { revision }: InputOf<typeof publishDraft>['body'],
): Promise<DefinitionView> {
  const row = await publishVersion(ctx.tx, ctx.organizationId, code, revision, ctx.actor, ctx.clock.now())
  if (!row) throw platformProblem('ChangedMeanwhile')
  if (row.changed_by !== null && row.changed_by === ctx.actor.id) throw questionnaireProblem('OwnQuestionnaire')
  const count = faultsInDefinition(readDefinition(row.definition), ctx.today).length
  if (count > 0) throw questionnaireProblem('DefinitionFaulty', { count })
  ctx.audit.detail = { code, version: row.version }
  return viewOf(ctx, row)
}

export async function discard(ctx: WriteContext, code: string): Promise<{ discarded: boolean }> {
  ctx.audit.detail = { code }
  return { discarded: await deleteDraft(ctx.tx, ctx.organizationId, code) }
}

export async function retire(ctx: WriteContext, code: string): Promise<{ retired: boolean }> {
  ctx.audit.detail = { code }
  return { retired: await retireVersion(ctx.tx, ctx.organizationId, code) }
}

export function summaryOf(row: Listed) {
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    title: { zh: row.title_zh, en: row.title_en },
    sensitivity: row.sensitivity,
    questions: row.questions,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by_name,
    answers: row.answers,
  }
}

function viewOf(ctx: ReadContext, row: QuestionnaireRow): DefinitionView {
  const { problems, unsupported, toEmbed } = readDefinition(row.definition)
  const isDraft = row.state === 'draft'
  return {
    ...summaryOf({ ...row, answers: 0 }),
    definition: row.definition as DefinitionView['definition'],
    reading: { problems: problems.map((one) => ({ ...one })), unsupported, toEmbed },
    revision: row.revision,
    licence: row.licence,
    source: row.source,
    can: {
      edit: ctx.actor.permissions.has('questionnaire.design'),
      publish: isDraft && ctx.actor.permissions.has('questionnaire.publish') && row.changed_by !== ctx.actor.id,
    },
  }
}
