import { describe, expect, test } from 'vitest'
import type { CardDefinition, Ground } from './contract/words.ts'
import type { Facts } from './server/facts.ts'
import { isOfGroup } from './server/medicines.ts'
import { chooseCards } from './server/rules/choose.ts'
import { isSilent, matchOf } from './server/rules/match.ts'
import { cardFaults, claimsIn, refusedWords } from './server/rules/wording.ts'
import { shippedCards } from './server/shipped.ts'

const TODAY = '2026-11-22'
const two = (zh: string) => ({ zh, en: zh })
const nobody: Facts = {
  sex: 'male',
  ageYears: 50,
  conditions: [],
  medications: [],
  allergies: [],
  absences: ['allergy', 'medication'],
  observations: [],
  tags: [],
  risks: [],
  scores: [],
}
const a = (facts: Partial<Facts>): Facts => ({ ...nobody, ...facts })
const ill = (...codes: string[]) => a({ conditions: codes.map((code) => ({ code, name: code, on: '2026-01-05' })) })
const measured = (code: string, value: number, on = '2026-11-01') =>
  a({ observations: [{ code, value, name: two(code), unit: '', on }] })
const takes = (...names: string[]) => a({ medications: names.map((name) => ({ name, on: '2026-05-01' })) })
const chosen = (facts: Facts, today = TODAY) => {
  const codes = (list: { card: { definition: CardDefinition } }[]) => list.map(({ card }) => card.definition.code)
  const { proposed, leftOut, others } = chooseCards(
    shippedCards.map((definition) => ({ definition })),
    facts,
    today,
  )
  return { proposed: codes(proposed), leftOut: codes(leftOut), others: codes(others) }
}

describe('a ground', () => {
  const table: [string, Ground, Facts, boolean][] = [
    ['a diagnosis by prefix', { condition: ['I10'], name: two('x') }, ill('I10.x'), true],
    ['not another', { condition: ['I10'], name: two('x') }, ill('I11'), false],
    ['a medicine of a group', { medicine: 'beta-blocker' }, takes('琥珀酸美托洛尔缓释片'), true],
    [
      'a value at its limit',
      { indicator: { code: 'ldl', op: '>=', value: 3.4, months: 12 } },
      measured('ldl', 3.4),
      true,
    ],
    [
      'a value below it',
      { indicator: { code: 'ldl', op: '>=', value: 3.4, months: 12 } },
      measured('ldl', 3.39),
      false,
    ],
    [
      'a value on the last day of its window',
      { indicator: { code: 'ldl', op: '>=', value: 3, months: 12 } },
      measured('ldl', 4, '2025-11-22'),
      true,
    ],
    [
      'a value that is older',
      { indicator: { code: 'ldl', op: '>=', value: 3, months: 12 } },
      measured('ldl', 4, '2025-11-21'),
      false,
    ],
    ['a tag', { tag: 'obesity' }, a({ tags: [{ code: 'obesity', name: two('肥胖'), on: TODAY }] }), true],
    [
      'a constitution that shows',
      { constitution: ['qixu'] },
      a({ tags: [{ code: 'constitution-qixu', name: two('气虚'), on: TODAY }] }),
      true,
    ],
    [
      'one that only tends',
      { constitution: ['qixu'] },
      a({ tags: [{ code: 'constitution-qixu-tendency', name: two('气虚'), on: TODAY }] }),
      true,
    ],
    [
      'a released band',
      { risk: { instrument: 'osta', bands: ['high'] } },
      a({ risks: [{ instrument: 'osta', title: two('O'), band: { code: 'high', title: two('高') }, on: TODAY }] }),
      true,
    ],
    [
      'another band',
      { risk: { instrument: 'osta', bands: ['high'] } },
      a({ risks: [{ instrument: 'osta', title: two('O'), band: { code: 'low', title: two('低') }, on: TODAY }] }),
      false,
    ],
    ['an age', { age: { from: 65 } }, a({ ageYears: 65 }), true],
    ['an unknown age', { age: { from: 65 } }, a({ ageYears: null }), false],
    ['the season of the day', { season: { from: '小雪', to: '立春' } }, nobody, true],
    ['another season', { season: { from: '立春', to: '立夏' } }, nobody, false],
    [
      'an allergy by part of its name',
      { allergy: ['花生'] },
      a({ allergies: [{ substance: '花生及制品', on: TODAY }] }),
      true,
    ],
    [
      'a pregnancy',
      { pregnancy: true },
      a({ sex: 'female', conditions: [{ code: 'Z34.0', name: '妊娠', on: '2026-08-01' }] }),
      true,
    ],
    [
      'one that must be over',
      { pregnancy: true },
      a({ sex: 'female', conditions: [{ code: 'Z34.0', name: '妊娠', on: '2026-01-01' }] }),
      false,
    ],
    [
      'no pregnancy after birth',
      { pregnancy: true },
      a({ sex: 'female', conditions: [{ code: 'O92.7', name: '哺乳', on: '2026-10-01' }] }),
      false,
    ],
  ]
  test.each(table)('%s', (_what, ground, facts, holds) =>
    expect(matchOf(ground, facts, TODAY) !== undefined).toBe(holds),
  )

  test('brings its fact with the day', () =>
    expect(
      matchOf({ indicator: { code: 'ldl', op: '>=', value: 3, months: 12 } }, measured('ldl', 4.1), TODAY),
    ).toEqual({
      kind: 'indicator',
      text: { zh: 'ldl 4.1', en: 'ldl 4.1' },
      on: '2026-11-01',
    }))

  test('where the record is silent the person is asked', () => {
    const woman = a({ sex: 'female', ageYears: 30, absences: [] })
    expect(isSilent({ pregnancy: true }, woman, TODAY)).toBe('pregnancy')
    expect(isSilent({ pregnancy: true }, a({ sex: 'female', ageYears: 50 }), TODAY)).toBeUndefined()
    expect(isSilent({ pregnancy: true }, nobody, TODAY)).toBeUndefined()
    expect(isSilent({ allergy: ['花生'] }, woman, TODAY)).toBe('allergy')
    expect(isSilent({ medicine: 'warfarin' }, woman, TODAY)).toBe('medicine')
    expect(isSilent({ medicine: 'warfarin' }, nobody, TODAY)).toBeUndefined()
  })
})

test.each([
  ['potassium-raising', ['缬沙坦胶囊', '培哚普利叔丁胺片', '螺内酯', 'Losartan'], ['氨氯地平', '格列齐特']],
  [
    'hypoglycaemia',
    ['门冬胰岛素30注射液', '格列美脲片', '瑞格列奈'],
    ['达格列净', '西格列汀', '吡格列酮', '二甲双胍', '阿卡波糖'],
  ],
  ['grapefruit', ['阿托伐他汀钙片', '非洛地平缓释片'], ['瑞舒伐他汀', '普伐他汀', '缬沙坦']],
  ['beta-blocker', ['富马酸比索洛尔片', '卡维地洛'], ['氨氯地平']],
  ['warfarin', ['华法林钠片'], ['利伐沙班']],
  ['anticoagulant', ['阿司匹林肠溶片', '硫酸氢氯吡格雷片'], ['对乙酰氨基酚']],
] as const)('medicines of the group %s', (group, inside, outside) => {
  expect(inside.filter((name) => !isOfGroup(name, group))).toEqual([])
  expect(outside.filter((name) => isOfGroup(name, group))).toEqual([])
})

describe('the shipped cards', () => {
  test('are chosen, left out with what stands against them, or neither', () => {
    const plain = chosen(ill('I10'))
    expect(plain.proposed).toEqual(
      expect.arrayContaining(['diet-salt', 'diet-salt-substitute', 'exercise-hypertension']),
    )
    expect(plain.leftOut).toEqual([])
    expect(plain.others).toContain('diet-warfarin')
    expect(plain.proposed.slice(0, 1)).toEqual(['diet-salt'])
  })

  const against: [string, string, Facts, Facts][] = [
    ['diet-salt-substitute', 'kidney disease', ill('I10'), ill('I10', 'N18.3')],
    [
      'diet-salt-substitute',
      'raised potassium',
      ill('I10'),
      { ...ill('I10'), observations: measured('k', 5.0).observations },
    ],
    ['diet-salt-substitute', 'a sartan', ill('I10'), { ...ill('I10'), medications: takes('缬沙坦').medications }],
    [
      'diet-salt-substitute',
      'a low filtration',
      ill('I10'),
      { ...ill('I10'), observations: measured('egfr', 59).observations },
    ],
    ['diet-weight', 'an eating disorder', ill('E66'), ill('E66', 'F50.2')],
    ['diet-weight', 'insulin', ill('E66'), { ...ill('E66'), medications: takes('甘精胰岛素').medications }],
    [
      'diet-weight',
      'pregnancy',
      { ...ill('E66'), sex: 'female', ageYears: 30 },
      {
        ...ill('E66', 'Z34'),
        sex: 'female',
        ageYears: 30,
        conditions: [...ill('E66').conditions, { code: 'Z34', name: '妊娠', on: '2026-09-01' }],
      },
    ],
    ['diet-iron', 'gout', ill('D50'), ill('D50', 'M10')],
    ['exercise-hypertension', '180', ill('I10'), { ...ill('I10'), observations: measured('sbp', 180).observations }],
    [
      'mind-small-steps',
      'a severe score',
      ill('F32'),
      { ...ill('F32'), scores: [{ questionnaire: 'phq-9', band: 'severe', text: two('重'), on: TODAY }] },
    ],
    [
      'wellness-xueyu',
      'warfarin',
      a({ tags: [{ code: 'constitution-xueyu', name: two('血瘀'), on: TODAY }] }),
      a({
        tags: [{ code: 'constitution-xueyu', name: two('血瘀'), on: TODAY }],
        medications: takes('华法林').medications,
      }),
    ],
    [
      'wellness-yangxu',
      'an allergy to nuts',
      a({ tags: [{ code: 'constitution-yangxu', name: two('阳虚'), on: TODAY }] }),
      a({
        tags: [{ code: 'constitution-yangxu', name: two('阳虚'), on: TODAY }],
        allergies: [{ substance: '坚果', on: TODAY }],
      }),
    ],
  ]
  test.each(against)('%s is left out with %s', (code, _what, without, withIt) => {
    expect(chosen(without).proposed).toContain(code)
    expect(chosen(withIt).proposed).not.toContain(code)
    expect(chosen(withIt).leftOut).toContain(code)
  })

  test.each([
    ['女 12', 12, true],
    ['17', 17, true],
    ['18', 18, false],
  ])('children have cards of their own: %s', (_who, ageYears, child) => {
    const { proposed } = chosen({ ...ill('E66'), ageYears })
    expect(proposed.includes('diet-child-weight')).toBe(child)
    expect(proposed.includes('diet-weight')).toBe(!child)
  })

  test.each([
    ['2026-11-22', 'wellness-winter'],
    ['2027-02-03', 'wellness-winter'],
    ['2027-02-04', 'wellness-spring'],
    ['2027-06-01', 'wellness-summer'],
    ['2027-08-10', 'wellness-late-summer'],
    ['2027-10-10', 'wellness-autumn'],
  ])('on %s the season is %s and no other', (today, code) =>
    expect(
      chosen(nobody, today).proposed.filter((one) => /^wellness-(spring|summer|late|autumn|winter)/.test(one)),
    ).toEqual([code]),
  )

  test('the cold in winter get a card of both, in summer they do not', () => {
    const cold = a({ tags: [{ code: 'constitution-yangxu', name: two('阳虚'), on: TODAY }] })
    expect(chosen(cold, '2026-12-25').proposed).toContain('wellness-winter-yangxu')
    expect(chosen(cold, '2026-07-01').proposed).not.toContain('wellness-winter-yangxu')
  })

  test('each constitution has a card, each kind several', () => {
    for (const one of ['pinghe', 'qixu', 'yangxu', 'yinxu', 'tanshi', 'shire', 'xueyu', 'qiyu', 'tebing']) {
      const facts = a({ tags: [{ code: `constitution-${one}`, name: two(one), on: TODAY }] })
      expect(chosen(facts).proposed).toContain(`wellness-${one}`)
    }
    expect(shippedCards.length).toBeGreaterThanOrEqual(60)
  })

  test('pass what is asked of every card: plain words, no claim, a source, and a day to come', () => {
    expect(
      shippedCards.flatMap((card) =>
        cardFaults(card, TODAY).map((fault) => `${card.code} ${fault.where} ${fault.kind} ${fault.text}`),
      ),
    ).toEqual([])
    expect(new Set(shippedCards.map(({ code }) => code)).size).toBe(shippedCards.length)
    expect(shippedCards.filter(({ kind, form }) => (kind === 'wellness') !== (form !== undefined))).toEqual([])
  })

  test('one that speaks of food or exercise names whom it would harm', () =>
    expect(
      shippedCards
        .filter(
          ({ kind, notFor, code }) =>
            notFor.length === 0 &&
            kind !== 'mind' &&
            !/pinghe|spring|winter$|tebing|hypoglycaemia|warfarin|grapefruit|potassium$|reflux|triglyceride/.test(code),
        )
        .map(({ code }) => code),
    ).toEqual([]))
})

describe('words', () => {
  test.each([
    '可以治疗失眠',
    '有助于降血压',
    '预防各种疾病',
    '改善关节炎',
    '疗效好',
    'cures a cold',
    'lowers blood pressure',
    'a detox tea',
  ])('a claim: %s', (text) => expect(claimsIn(text)).not.toEqual([]))
  test.each(['睡前搓脚心，很多人觉得更踏实。', '天冷添衣，护好脖子。', 'Get up early and walk outdoors.'])(
    'no claim: %s',
    (text) => expect(claimsIn(text)).toEqual([]),
  )

  test('a card that is over, claims or is not plain has its faults named', () => {
    const [card] = shippedCards.filter(({ kind }) => kind === 'wellness')
    const bad = { ...card!, title: two('能治疗感冒！'), expiresOn: TODAY }
    expect(cardFaults(bad, TODAY).map(({ where, kind }) => `${where} ${kind}`)).toEqual([
      'title zh shouting',
      'title zh claim',
      'title en shouting',
      'title en claim',
      'expiresOn over',
    ])
  })

  test('edited advice may be long, but it neither diagnoses nor promises, and wellness claims nothing', () => {
    const text = (point: string) => ({ title: '建议', summary: '', points: [point], avoid: [] })
    expect(refusedWords(text('您患有高血压，一定会好。'), 'diet')).toEqual(['您患有', '一定会好'])
    expect(refusedWords(text('坚持锻炼能降血压。'), 'exercise')).toEqual([])
    expect(refusedWords(text('揉一揉能降血压。'), 'wellness')).toEqual(['降血压'])
    expect(
      refusedWords(text('请在两周之内带上全部检查资料到内分泌科门诊找医生进一步检查并且不要忘记空腹'), 'diet'),
    ).toEqual([])
  })
})
