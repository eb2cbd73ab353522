import type { ScaleCard } from '../../instrument/scale/sum-scale.ts'
import type { ItemGroup, ScoreRule } from '../../instrument/scale/scoring.ts'
import type { Action, Band, Rule, Score, Words } from '../scoring.ts'
import type { AnswerSet, Template, TemplateItem } from './template.ts'

/** What the card of a scale in the registry does not say and its questionnaire needs. */
export interface ScaleSheet {
  code: string
  sensitivity: 'ordinary' | 'mental'
  licence: Words
  /** Names of the questions, where the points are not the same for all: what each is about, in words of ours. */
  names?: readonly Words[]
  /** Points shown as a bare number between the two ends of a line. */
  bare?: readonly number[]
  /** One answer that a person has to hear of at once, whatever the total is. */
  alarm?: { item: number; from: number; code: string; text: Words }
}

/**
 * The template of a scale that the registry scores: its items, points, reversals, limits and the words of its bands are
 * those of the card, so that the two can never say different things of one person.
 */
export function templateOfScale(card: ScaleCard, sheet: ScaleSheet): Template {
  const { scoring } = card
  const places = scoring.items
    .flatMap((group) => group.codes.map((code) => ({ place: Number(code), group })))
    .toSorted((a, b) => a.place - b.place)
  const rule = scoring.scores.findLast(({ bands }) => bands)!
  const base = scoring.scores.find(({ code }) => code === rule.ofScores?.[0]) ?? rule
  const reversed = new Set(base.reverse?.map(Number))
  const isShared = scoring.items.length === 1 && !sheet.bare
  const setOf = (place: number) => (isShared ? 'answer' : String(place))
  const sets = places.map(({ place, group }): [string, AnswerSet] => [
    setOf(place),
    { points: pointsOf(group), ...(sheet.bare ? { bare: sheet.bare } : {}) },
  ])
  return {
    code: sheet.code,
    title: card.title,
    about: card.about,
    licence: sheet.licence,
    source: card.sources.join('; '),
    sensitivity: sheet.sensitivity,
    sets: Object.fromEntries(sets),
    items: places.map(({ place }): TemplateItem => ({
      code: `${sheet.code}-${place}`,
      hint: hintOf(place, sheet.names?.[place - 1], reversed.has(place)),
      kind: 'choice',
      set: setOf(place),
    })),
    scoring: {
      source: card.sources.join('; '),
      scores: [
        scoreOf(
          card,
          sheet,
          rule,
          places.map(({ place }) => place),
          reversed,
        ),
      ],
      ...(sheet.alarm ? { rules: [alarmOf(sheet.code, sheet.alarm)] } : {}),
    },
  }
}

const pointsOf = ({ allowed, min, max }: ItemGroup): number[] =>
  allowed ?? Array.from({ length: max - min + 1 }, (_, n) => min + n)

function hintOf(place: number, name: Words | undefined, isReversed: boolean): Words {
  const [zh, en] = name
    ? [`第 ${place} 题：${name.zh}`, `question ${place}: ${name.en}`]
    : [`第 ${place} 题`, `question ${place}`]
  return isReversed ? { zh: `${zh}（反向计分）`, en: `${en} (reversed)` } : { zh, en }
}

function scoreOf(
  card: ScaleCard,
  { code }: ScaleSheet,
  rule: ScoreRule,
  places: readonly number[],
  reversed: ReadonlySet<number>,
): Score {
  const [group] = card.scoring.items
  return {
    code: rule.code,
    name: card.title,
    method: 'sum',
    items: places.map((place) =>
      reversed.has(place) ? { linkId: `${code}-${place}`, reverse: true as const } : `${code}-${place}`,
    ),
    ...(reversed.size > 0 ? { range: [group!.min, group!.max] as [number, number] } : {}),
    ...(rule.add === undefined ? {} : { add: rule.add }),
    ...(rule.multiply === undefined ? {} : { multiply: rule.multiply }),
    ...(rule.round === undefined ? {} : { round: rule.round }),
    missing: 'refuse',
    bands: (rule.bands ?? []).map((band, n, all): Band => {
      const { title, meaning, tone } = card.bands.find((one) => one.code === band.code)!
      const from = band.from as number
      const below = all[n + 1]?.from as number | undefined
      return {
        code: band.code,
        ...(n > 0 ? { from } : {}),
        ...(below === undefined ? {} : { below }),
        text: title,
        advice: meaning,
        tone,
        ...(tone === 'act' || tone === 'urgent' ? { actions: [review(code, tone)] } : {}),
      }
    }),
  }
}

const review = (code: string, tone: 'act' | 'urgent'): Action => ({
  kind: 'task',
  code: `review-${code}`,
  text: { zh: '量表结果需要跟进，请和客户谈谈', en: 'The result asks for a talk with the patient' },
  days: tone === 'urgent' ? 1 : 7,
})

const alarmOf = (scale: string, { item, from, code, text }: NonNullable<ScaleSheet['alarm']>): Rule => ({
  code,
  when: [{ linkId: `${scale}-${item}`, from }],
  actions: [{ kind: 'alert', code, text }],
})
