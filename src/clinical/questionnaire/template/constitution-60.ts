import bands from '../../instrument/scale/constitution-bands.json' with { type: 'json' }
import card from '../../instrument/scale/tcm-constitution-60/model.json' with { type: 'json' }
import type { Band, Score, ScoredItem, Words } from '../scoring.ts'
import sheet from './constitution-60.json' with { type: 'json' }
import type { HiddenItem, Template, TemplateItem } from './template.ts'

type Kind = keyof typeof sheet.scales
const KINDS = Object.keys(sheet.scales) as Kind[]
const LEANING = KINDS.filter((kind) => kind !== 'pinghe')
const POINTS = [1, 2, 3, 4, 5]
/** Asked of women or of men: six of the seven printed items are answered. */
const BY_SEX = 'shire-6'

const codeOf = (item: string) => `tz60-${item}`
const titleOf = (kind: Kind): Words => bands.find(({ code }) => code === kind)!.title

/**
 * 体质 60: the standard prints nine tables with some items in two of them; whoever answers is asked once, and the one
 * answer goes into both. 平和 counts six of its eight the other way round.
 */
export function constitution60(): Template {
  return {
    code: sheet.code,
    title: card.title,
    about: card.about,
    licence: sheet.licence,
    source: card.sources.join('; '),
    sensitivity: 'ordinary',
    sets: { often: { points: POINTS } },
    items: [SEX, ...distinctItems()],
    hidden: [sexItem()],
    scoring: { source: card.sources.join('; '), scores: KINDS.map(scoreOf) },
  }
}

const SEX: TemplateItem = {
  code: codeOf('sex'),
  hint: { zh: '性别', en: 'sex' },
  kind: 'choice',
  own: {
    text: { zh: '您的性别', en: 'Your sex' },
    options: [
      { code: 'female', points: 0, text: { zh: '女', en: 'Female' } },
      { code: 'male', points: 0, text: { zh: '男', en: 'Male' } },
    ],
    initial: '%patient.gender',
  },
}

/** Each item where its constitution prints it first; the order of the constitutions is the standard's. */
function distinctItems(): TemplateItem[] {
  return (sheet.order as Kind[]).flatMap((kind) =>
    sheet.scales[kind]
      .filter((item) => item.startsWith(`${kind}-`))
      .flatMap((item) =>
        item === BY_SEX
          ? [question(`${item}f`, item, 'female'), question(`${item}m`, item, 'male')]
          : [question(item, item)],
      ),
  )
}

function question(code: string, item: string, sex?: 'female' | 'male'): TemplateItem {
  const places = KINDS.flatMap((kind) => {
    const place = (sheet.scales[kind] as string[]).indexOf(item) + 1
    if (place === 0) return []
    const turned = isReversed(kind, item)
    return [
      {
        zh: `${titleOf(kind).zh} ${place}${turned ? '（反向）' : ''}`,
        en: `${titleOf(kind).en} ${place}${turned ? ' (reversed)' : ''}`,
        own: item.startsWith(`${kind}-`),
      },
    ]
  }).toSorted((a, b) => Number(b.own) - Number(a.own))
  const only = sex === 'female' ? { zh: '，只问女性', en: ', women only' } : { zh: '，只问男性', en: ', men only' }
  return {
    code: codeOf(code),
    hint: {
      zh: places.map((one) => one.zh).join('，也是') + (sex ? only.zh : ''),
      en: places.map((one) => one.en).join(', also ') + (sex ? only.en : ''),
    },
    kind: 'choice',
    set: 'often',
    ...(sex ? { when: { question: SEX.code, code: sex } } : {}),
  }
}

/** One number for whichever of the two was asked; nothing while neither is answered. */
function sexItem(): HiddenItem {
  const of = (sex: string) => `%resource.item.where(linkId='${codeOf(BY_SEX)}${sex}').answer.value.weight()`
  return {
    code: codeOf(BY_SEX),
    text: { zh: '湿热质 6（按性别）', en: 'damp-heat 6 (by sex)' },
    type: 'integer',
    expression: `${of('f')} | ${of('m')}`,
  }
}

const isReversed = (kind: Kind, item: string) => kind === 'pinghe' && sheet.reversed.pinghe.includes(item)

/** Transformed score: (raw − n) ÷ 4n × 100, with as many items as one person answers. */
function scoreOf(kind: Kind): Score {
  const items = sheet.scales[kind] as string[]
  return {
    code: kind,
    name: titleOf(kind),
    method: 'sum',
    items: items.map((item): ScoredItem =>
      isReversed(kind, item) ? { linkId: codeOf(item), reverse: true } : codeOf(item),
    ),
    range: [1, 5],
    add: -items.length,
    multiply: 100 / (4 * items.length),
    missing: 'refuse',
    bands: kind === 'pinghe' ? balanced() : leaning(kind),
  }
}

function leaning(kind: Kind): Band[] {
  const { yes, tends } = sheet.limits
  const { zh, en } = titleOf(kind)
  const { meaning, tone } = bands.find(({ code }) => code === kind)!
  const tag = (code: string, text: Words) => [{ kind: 'tag' as const, code, text, days: 365 }]
  const advice = meaning
  return [
    {
      code: 'yes',
      from: yes,
      text: { zh: `是${zh}`, en: `${en}: yes` },
      advice,
      tone: tone as Band['tone'],
      actions: tag(`constitution-${kind}`, { zh, en }),
    },
    {
      code: 'tends',
      from: tends,
      below: yes,
      text: { zh: `倾向是${zh}`, en: `${en}: tends to` },
      advice,
      tone: tone as Band['tone'],
      actions: tag(`constitution-${kind}-tendency`, { zh: `倾向${zh}`, en: `tends to ${en}` }),
    },
    { code: 'no', below: tends, text: { zh: `不是${zh}`, en: `${en}: no` } },
  ]
}

function balanced(): Band[] {
  const { from, othersBelow, basicallyBelow } = sheet.limits.balanced
  const { zh, en } = titleOf('pinghe')
  const { meaning } = bands.find(({ code }) => code === 'pinghe')!
  const others = (below: number) => [LEANING.map((score) => ({ score, below }))]
  return [
    {
      code: 'yes',
      from,
      when: others(othersBelow),
      text: { zh: `是${zh}`, en: `${en}: yes` },
      advice: meaning,
      tone: 'good',
      actions: [{ kind: 'tag', code: 'constitution-pinghe', text: { zh, en }, days: 365 }],
    },
    {
      code: 'basically',
      from,
      when: others(basicallyBelow),
      text: { zh: `基本是${zh}`, en: `${en}: basically` },
      advice: meaning,
      tone: 'good',
    },
    { code: 'no', text: { zh: `不是${zh}`, en: `${en}: no` } },
  ]
}
