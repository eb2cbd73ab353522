import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { FactForms, OfferedChoice } from '../../../platform/condition/form.ts'
import { answersOf, both, newestForm, questionsOf } from './fact-names.ts'
import './table.ts'

/** Those that can be or were answered. */
async function offerQuestionnaires({ db, organizationId }: ReadContext): Promise<OfferedChoice[]> {
  const { rows } = await sql<{ code: string; zh: string; en: string }>`
    select distinct on (code) code, title_zh zh, title_en en from questionnaire
    where organization_id = ${organizationId} and state <> 'draft' order by code, version desc`.execute(db)
  return rows.map(({ code, zh, en }) => ({ code, name: { zh, en } }))
}

const offerScores = async (ctx: ReadContext, [code = '']: readonly string[]): Promise<OfferedChoice[]> =>
  ((await newestForm(ctx, code))?.scoring?.scores ?? []).map((score) => ({ code: score.code, name: score.name }))

/** @param of the questionnaire and, where one is said, the score */
async function offerBands(ctx: ReadContext, [code = '', score = '']: readonly string[]): Promise<OfferedChoice[]> {
  const scores = (await newestForm(ctx, code))?.scoring?.scores ?? []
  const of = scores.filter((one) => score === '' || one.code === score)
  const bands = of.flatMap((one) =>
    (one.bands ?? []).map((band) => ({
      code: band.code,
      name: band.text,
      ...(of.length > 1 ? { group: one.name } : {}),
    })),
  )
  return [...new Map(bands.map((band) => [band.code, band])).values()]
}

const offerQuestions = async (ctx: ReadContext, [code = '']: readonly string[]): Promise<OfferedChoice[]> => {
  const form = await newestForm(ctx, code)
  return form ? questionsOf(form).map(({ linkId, text }) => ({ code: linkId, name: both(text) })) : []
}

/** @param of the questionnaire and the question */
async function offerAnswers(ctx: ReadContext, [code = '', question = '']: readonly string[]): Promise<OfferedChoice[]> {
  const item = (await newestForm(ctx, code))?.byLinkId.get(question)
  return item ? answersOf(item) : []
}

const OF_FORM = 'tab=questionnaires'

/** How pages ask what conditions may ask of answers, and tell of them. */
export const questionnaireFactForms: FactForms = {
  kinds: {
    answered: { group: 'answers', fields: { questionnaire: { from: 'questionnaires' } } },
    score: {
      group: 'answers',
      fields: {
        questionnaire: { from: 'questionnaires' },
        score: { from: 'scores', of: ['questionnaire'] },
        bands: { from: 'score-bands', of: ['questionnaire', 'score'] },
      },
      needs: [['bands', 'value']],
      start: { bands: [] },
    },
    answer: {
      group: 'answers',
      fields: {
        questionnaire: { from: 'questionnaires' },
        question: { from: 'questions', of: ['questionnaire'] },
        in: { from: 'answers', of: ['questionnaire', 'question'], isFree: true },
      },
      needs: [['in', 'value']],
      start: { in: [] },
    },
  },
  choices: {
    questionnaires: offerQuestionnaires,
    scores: offerScores,
    'score-bands': offerBands,
    questions: offerQuestions,
    answers: offerAnswers,
  },
  tells: {
    answered: {
      names: 'answered',
      tell: ({ code }, { t, name }) => ({ what: name(String(code)), value: t('told.answered'), to: OF_FORM }),
    },
    score: {
      names: 'answered',
      tell: ({ code, value, band, name: score }, words) => ({
        what: `${words.name(String(code))} ${wordIn(score, words.locale) ?? ''}`.trim(),
        value: [typeof value === 'number' ? String(value) : '', wordIn(band, words.locale) ?? '']
          .filter(Boolean)
          .join(' '),
        to: OF_FORM,
      }),
    },
    answer: {
      names: 'answered',
      tell: ({ code, value }, { t, name }) => ({
        what: t('told.answer', { name: name(String(code)) }),
        value: answerIn(value),
        to: OF_FORM,
      }),
    },
    // Facts of tags that the room sets itself bring their words along.
    questionnaire: { tell: ({ name }, { locale }) => ({ what: wordIn(name, locale) ?? '', to: OF_FORM }) },
  },
}

function wordIn(text: unknown, locale: string): string | undefined {
  if (typeof text === 'string') return text
  if (typeof text !== 'object' || text === null) return undefined
  const word = (text as Record<string, unknown>)[locale === 'en' ? 'en' : 'zh']
  return typeof word === 'string' ? word : undefined
}

/** An answer as FHIR keeps it, under a key that names its type. */
function answerIn(value: unknown): string | undefined {
  const [given] = Object.values((value ?? {}) as Record<string, unknown>)
  if (typeof given !== 'object' || given === null)
    return given === undefined ? undefined : String(given as string | number | boolean)
  const { display, code, value: number } = given as { display?: string; code?: string; value?: number }
  return display ?? code ?? (number === undefined ? undefined : String(number))
}
