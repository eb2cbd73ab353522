import {
  fillTemplate,
  lackingTexts,
  questionsAsked,
  templateByCode,
  templates,
  wantedTexts,
  type Template,
} from '../../../clinical/questionnaire/template/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { InputOf, OutputOf, Problem } from '../../../platform/contract/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { DefinitionView } from '../contract/definitions.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import type { draftFromTemplate, listTemplates, readTemplateSheet, TemplateSummary } from '../contract/templates.ts'
import { keepDraft } from './definition.ts'
import { listQuestionnaires, type Listed } from './definition-store.ts'
import { rowsOfSheet } from './template-sheet.ts'

/** What a person is told who asks for a questionnaire that is not in force: a scale that still lacks its words says so. */
export function notInForce({ tenant }: Pick<ReadContext, 'tenant'>, code: string): Problem {
  const template = templateByCode(code)
  return template
    ? questionnaireProblem('TextsWanted', { title: template.title[tenant.locale === 'en' ? 'en' : 'zh'] })
    : questionnaireProblem('QuestionnaireUnknown', { code })
}

export async function listAllTemplates(ctx: ReadContext): Promise<OutputOf<typeof listTemplates>> {
  const rows = await listQuestionnaires(ctx.db, ctx.organizationId)
  return {
    rows: templates.map((template) => summaryOf(template, rows)),
    can: { draft: ctx.actor.permissions.has('questionnaire.design') },
  }
}

function summaryOf(template: Template, rows: readonly Listed[]): TemplateSummary {
  const mine = rows.filter(({ code }) => code === template.code)
  const draft = mine.find(({ state }) => state === 'draft')
  const active = mine.find(({ state }) => state === 'active')
  const newest = active ?? draft ?? mine[0]
  return {
    code: template.code,
    title: template.title,
    about: template.about,
    licence: template.licence,
    sensitivity: template.sensitivity,
    questions: questionsAsked(template),
    state: newest?.state ?? 'wanting',
    revision: draft?.revision ?? 0,
    changedBy: (draft ?? newest)?.changed_by_name ?? null,
  }
}

/** @throws Problem ImportFile… of the patient room */
export async function readSheet(ctx: WriteContext, call: Call): Promise<OutputOf<typeof readTemplateSheet>> {
  return { rows: await rowsOfSheet(ctx.organizationId, call.stream) }
}

/**
 * Puts the words an institution brings into a template, whole or not at all, as a draft of its questionnaire. By what
 * right it uses them stands beside the licence, where whoever publishes reads it.
 * @throws Problem QuestionnaireUnknown, TextUnknown, TextsLacking, ChangedMeanwhile
 */
export function draftFrom(
  ctx: WriteContext,
  code: string,
  { texts, right, revision }: InputOf<typeof draftFromTemplate>['body'],
): Promise<DefinitionView> {
  const template = templateByCode(code)
  if (!template) throw questionnaireProblem('QuestionnaireUnknown', { code })
  const wanted = new Set(wantedTexts(template).map((one) => one.code))
  const unknown = texts.find((one) => !wanted.has(one.code))
  if (unknown) throw questionnaireProblem('TextUnknown', { code: unknown.code }, 'body.texts')
  const given = new Map(texts.map(({ code: of, zh, en }) => [of, { zh, en }]))
  const lacking = lackingTexts(template, given)
  if (lacking.length > 0)
    throw questionnaireProblem('TextsLacking', { count: lacking.length, first: lacking[0]! }, 'body.texts')
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  const definition = fillTemplate(template, given)
  const licence = `${template.licence[language]} ${words.right[language].replace('{right}', () => right)}`
  return keepDraft(ctx, code, {
    definition: { ...definition, copyright: licence } as never,
    sensitivity: template.sensitivity,
    licence,
    source: template.source.slice(0, 500),
    revision,
  })
}
