import { ageOn, dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import { latestOf, standingFacts } from '../../observation/server/index.ts'
import { newestScores } from '../../questionnaire/server/index.ts'
import { standingBands } from '../../risk/server/index.ts'
import { tagsOf } from '../../tag/server/index.ts'
import type { CardDefinition, Ground } from '../contract/words.ts'
import type { Facts } from './facts.ts'

/** Scores of mood and mind speak for half a year; after that somebody asks again. */
const SCORES_DAYS = 183

/** Since when answers still speak for the person. */
export const scoresSince = ({ clock }: Pick<ReadContext, 'clock'>): Date =>
  new Date(clock.now().getTime() - SCORES_DAYS * 86_400_000)

/** What the calculators begin with, beside what cards ask. */
export const BODY_CODES = ['height', 'weight', 'bmi', 'sbp', 'dbp', 'hr', 'fpg', 'egfr', 'uacr'] as const

/** The indicators that these cards ask for. */
export function codesAsked(cards: readonly { definition: CardDefinition }[]): string[] {
  const codesOf = (grounds: readonly Ground[]) =>
    grounds.flatMap((ground) => ('indicator' in ground ? [ground.indicator.code] : []))
  const all = cards.flatMap(({ definition }) => [
    ...codesOf(definition.for),
    ...codesOf(definition.only ?? []),
    ...codesOf(definition.notFor.map(({ when }) => when)),
  ])
  return [...new Set(all)]
}

/** What is known of a person, for the choice of cards and the calculators; who may see it is the caller's business. */
export async function gatherFacts(
  ctx: ReadContext,
  person: { id: string; sex: string; birth_date: string | null },
  codes: readonly string[],
): Promise<Facts> {
  const [record, newest, tags, risks, scores] = await Promise.all([
    findRecord(ctx, person.id),
    latestOf(ctx, person.id, codes),
    tagsOf(ctx, person.id),
    standingBands(ctx, person.id),
    newestScores(ctx, person.id, scoresSince(ctx)),
  ])
  const dayOf = (at: Date) => dateIn(at, ctx.tenant.timeZone)
  return {
    ...record,
    sex: person.sex,
    ageYears: person.birth_date ? ageOn(person.birth_date, ctx.today) : null,
    observations: [...newest.values()].flatMap((row) => {
      const indicator = indicatorByCode(row.code)
      // A value that the laboratory gave as "below 3" is no number to compare.
      if (row.value === null || row.comparator !== null || indicator?.kind !== 'number') return []
      return [
        {
          code: row.code,
          value: row.value,
          name: { zh: indicator.nameZh, en: indicator.nameEn },
          unit: printed(indicator.printedUnits[0] ?? indicator.unit),
          on: dayOf(row.effective_at),
        },
      ]
    }),
    tags: tags.map(({ code, name, setAt, isRefused }) => ({ code, name, on: dayOf(setAt), isRefused })),
    risks,
    scores: scores.map(({ questionnaire, band, text, on }) => ({ questionnaire, band, text, on })),
  }
}

/** Diagnoses, medicines and allergies that count today, newest first, and what was asked and is not there. */
async function findRecord(
  ctx: ReadContext,
  patientId: string,
): Promise<Pick<Facts, 'conditions' | 'medications' | 'allergies' | 'absences'>> {
  const { conditions, medications, allergies, absences } = await standingFacts(ctx, patientId)
  const since = (on: string | null, recordedAt: string) => on ?? dateIn(new Date(recordedAt), ctx.tenant.timeZone)
  return {
    conditions: conditions
      .filter(({ clinicalStatus, code }) => clinicalStatus === 'active' && code !== '')
      .map(({ code, name, onsetOn, recordedAt }) => ({ code, name, on: since(onsetOn, recordedAt) }))
      .toReversed(),
    medications: medications
      .filter(({ endedOn }) => endedOn === null || endedOn >= ctx.today)
      .map(({ name, startedOn, recordedAt }) => ({ name, on: since(startedOn, recordedAt) }))
      .toReversed(),
    allergies: allergies
      .map(({ substance, notedOn, recordedAt }) => ({ substance, on: since(notedOn, recordedAt) }))
      .toReversed(),
    absences: absences.map(({ about }) => about),
  }
}

/** UCUM as people print it: mm[Hg] is mmHg, kg/m2 is kg/m². */
function printed(unit: string): string {
  return unit
    .replace('{1.73m2}', '1.73m²')
    .replace(/\[(\w+)\]/g, '$1')
    .replace(/\{[^}]*\}/g, '')
    .replace(/m2$/, 'm²')
}
