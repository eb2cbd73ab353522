import { expect, test } from 'vitest'
import { forRelatives, type ReportWords } from './server/for-relatives.ts'

/** What whom the person has let in reads of a report: the same, without what is for the person's own eyes. */
const item = (name: string, value = '阴性') => ({ name, value, unit: '', rangeText: '', flag: '' as const })
const words = (over: Partial<ReportWords> = {}): ReportWords => ({
  title: '年度体检',
  conclusions: [
    { title: '血压偏高', advice: '清淡饮食' },
    { title: '梅毒螺旋体抗体阳性', advice: '请到皮肤科复查' },
    { title: '睡眠不好', advice: '建议做一次抑郁量表' },
  ] as ReportWords['conclusions'],
  notDone: [
    { name: '胃镜', reason: '弃检' },
    { name: '妊娠试验', reason: '弃检' },
  ],
  facts: {
    organization: {} as never,
    abnormalItems: [item('收缩压', '152'), item('HIV 抗体', '待复检')] as never,
    sections: [
      { key: 'a', title: '一般检查', items: [item('收缩压', '152'), item('高危 HPV')] },
      { key: 'b', title: '心理测评', items: [item('评分', '12')] },
      { key: 'c', title: '腹部超声', items: [], narrative: { finding: '宫内早孕', impression: '早孕' } },
      { key: 'd', title: '胸部 CT', items: [], narrative: { finding: '右肺小结节', impression: '随访' } },
    ] as never,
  },
  ...over,
})

test('S0-29 items, findings and conclusions that are for the person alone are left out, whatever they say', () => {
  const shown = forRelatives(words())!
  expect(shown.conclusions.map(({ title }) => title)).toEqual(['血压偏高'])
  expect(shown.notDone.map(({ name }) => name)).toEqual(['胃镜'])
  expect(shown.facts.abnormalItems.map(({ name }) => name)).toEqual(['收缩压'])
  expect(shown.facts.sections.map(({ title, items }) => [title, items.map(({ name }) => name)])).toEqual([
    ['一般检查', ['收缩压']],
    ['胸部 CT', []],
  ])
  expect(JSON.stringify(shown)).not.toMatch(/梅毒|HIV|HPV|心理|抑郁|孕/)
})

test('an examination that is about nothing else is not there at all', () => {
  expect(forRelatives(words({ title: '心理健康评估' }))).toBeUndefined()
})
