import { describe, expect, test } from 'vitest'
import type { Questionnaire, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { shippedQuestionnaires } from '../../../../clinical/questionnaire/content/index.ts'
import { withText } from './bilingual.ts'
import { compareDefinitions } from './compare.ts'
import { changeItem } from './draft.ts'
import { withPoints, withOptionText } from './option.ts'
import { moveItem, removeItem } from './tree.ts'
import { wordsIn } from './test-words.ts'

const phq9 = shippedQuestionnaires.find(({ name }) => name === 'phq-9')!
const item = (linkId: string, change: (one: QuestionnaireItem) => QuestionnaireItem) => changeItem(phq9, linkId, change)
const scoring = phq9.scoring as { scores: { bands: object[] }[] }

test.each(shippedQuestionnaires.map((one) => [one.name!, one] as const))(
  '%s is the same as itself',
  (_name, definition) =>
    expect(compareDefinitions(definition, structuredClone(definition), wordsIn('zh-CN'))).toEqual([]),
)

describe('each change in one line', () => {
  const first = '第 1 题“做事时提不起劲或没有兴趣”'
  const options = (
    change: (all: NonNullable<QuestionnaireItem['answerOption']>) => NonNullable<QuestionnaireItem['answerOption']>,
  ) => item('phq9-1', (one) => ({ ...one, answerOption: change(one.answerOption!) }))
  test.each<[string, Questionnaire, string[]]>([
    ['title', { ...phq9, title: '九题' }, ['名称由“患者健康问卷（PHQ-9）”改为“九题”']],
    [
      'words',
      item('phq9-1', (one) => withText(one, 'text', 'zh', 'zh', '没劲')),
      ['第 1 题“没劲”的文字由“做事时提不起劲或没有兴趣”改为“没劲”'],
    ],
    [
      'translation',
      item('phq9-1', (one) => withText(one, 'text', 'en', 'zh', 'No drive')),
      [`${first}的英文改为“No drive”`],
    ],
    ['required', item('phq9-1', ({ required: _r, ...one }) => one), [`${first}改为可不答`]],
    ['kind', item('phq9-1', (one) => ({ ...one, repeats: true })), [`${first}由单选改为多选`]],
    ['points', options((all) => all.with(1, withPoints(all[1]!, 5))), [`${first}的选项“好几天”由 1 分改为 5 分`]],
    [
      'option words',
      options((all) => all.with(0, withOptionText(all[0]!, 'zh', 'zh', '从不'))),
      [`${first}的选项“完全不会”改为“从不”`],
    ],
    ['option gone', options((all) => all.slice(0, 3)), [`${first}删除选项“几乎每天”`]],
    [
      'added',
      { ...phq9, item: [...phq9.item!, { linkId: 'new', type: 'boolean', text: '新题' }] },
      ['新增第 11 题“新题”'],
    ],
    ['moved', moveItem(phq9, 'phq9-1', { after: 'phq9-3' }), ['移动了第 3 题“做事时提不起劲或没有兴趣”']],
    [
      'logic',
      item('phq9-2', (one) => ({
        ...one,
        enableWhen: [{ question: 'phq9-1', operator: 'exists', answerBoolean: true }],
      })),
      [`第 2 题“感到心情低落、沮丧或绝望”的显示条件由“总是显示”改为“当${first}已回答时显示”`],
    ],
    [
      'limits',
      item('phq9-1', (one) => ({
        ...one,
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 3 }],
      })),
      [`${first}的范围和单位由 — 改为 ≥ 3`],
    ],
  ])('%s', (_name, after, expected) =>
    expect(compareDefinitions(phq9, after, wordsIn('zh-CN')).map(({ text }) => text)).toEqual(expected),
  )

  test('what is removed breaks the score too, and both are said', () => {
    const found = compareDefinitions(phq9, removeItem(phq9, 'phq9-10'), wordsIn('zh-CN'))
    expect(found[0]).toMatchObject({ about: 'item', linkId: 'phq9-10' })
  })

  test('limits of a band, its words and its acts', () => {
    const bands = scoring.scores[0]!.bands
    const changed = {
      ...phq9,
      scoring: { ...scoring, scores: [{ ...scoring.scores[0]!, bands: bands.with(0, { ...bands[0]!, below: 6 }) }] },
    }
    const [one, ...rest] = compareDefinitions(phq9, changed, wordsIn('zh-CN'))
    expect(one!.text).toMatch(/^计分由“PHQ-9 总分 4 分及以下：.*”改为“PHQ-9 总分 5 分及以下：/)
    expect(rest).toEqual([])
    expect(
      compareDefinitions(changed, { ...phq9, scoring: undefined }, wordsIn('en')).every(
        ({ about, text }) => about === 'scoring' && text.startsWith('Removed'),
      ),
    ).toBe(true)
  })
})
