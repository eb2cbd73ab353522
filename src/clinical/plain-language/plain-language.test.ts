import { describe, expect, test } from 'vitest'
import { checkPlain, explainable, terms } from './index.ts'

const kinds = (text: string, medium: 'tap' | 'paper' = 'tap') => checkPlain(text, { medium }).map((one) => one.kind)

describe('what a patient is told', () => {
  test.each([
    '您的血压比三个月前稳定了（128/82）。请继续每天早晚各测一次。',
    '最近一次血压达到 140/90。一次偏高不等于高血压，请换两天、静坐后再测。',
    '空腹血糖 6.4，比正常高一些。少喝甜饮料，三个月后再查一次。',
    'Your blood pressure has been steadier than three months ago. Please go on measuring it morning and evening.',
  ])('passes when it is plain: %s', (text) => expect(checkPlain(text)).toEqual([]))

  test.each([
    [
      'long-sentence',
      '根据您此次健康体检的全部检验检查结果并结合既往病史、家族史以及生活方式问卷，我们综合考虑后认为您在今后一段时间内需要注意控制饮食、加强锻炼并且定期到医院复查相关的各项指标',
    ],
    ['long-clause', '请您在两周之内携带本报告以及既往全部检查资料到内分泌科门诊找医生进一步检查'],
    ['jargon', '提高依从性有助于改善预后。'],
    ['diagnosis', '您患有糖尿病。'],
    ['diagnosis', 'You have diabetes.'],
    ['blame', '您没有按要求复查。'],
    ['alarm', '不处理后果严重。'],
    ['promise', '坚持三个月一定会好。'],
    ['system-words', '提交成功'],
    ['familiar-you', '请你按时吃药。'],
    ['shouting', '血糖偏高！'],
  ])('fails on %s: %s', (kind, text) => expect(kinds(text)).toContain(kind))

  test('a word for the initiated comes with what to say instead', () => {
    expect(checkPlain('请遵医嘱。')).toEqual([{ kind: 'jargon', text: '遵医嘱', instead: '按医生说的' }])
  })

  test('on paper a term needs its explanation beside it, at a tap it need not', () => {
    expect(kinds('糖化血红蛋白 6.8%。', 'paper')).toEqual(['unexplained'])
    expect(kinds('糖化血红蛋白（最近两三个月血糖的平均水平）6.8%。', 'paper')).toEqual([])
    expect(kinds('糖化血红蛋白 6.8%。')).toEqual([])
  })

  test('courtesy is no familiarity', () => expect(kinds('你好，这里是健康管理中心。')).toEqual([]))
})

describe('terms that open at a tap', () => {
  test('each once, the longest form first, in the order of the text', () => {
    const text = '低密度脂蛋白胆固醇偏高，甘油三酯正常；低密度脂蛋白胆固醇请三个月后再查。'
    expect(explainable(text).map(({ from, to }) => text.slice(from, to))).toEqual(['低密度脂蛋白胆固醇', '甘油三酯'])
  })

  test('Latin short forms stand alone', () => {
    expect(explainable('TSH 4.2').map(({ term }) => term.zh)).toEqual(['促甲状腺激素'])
    expect(explainable('leafpile')).toEqual([])
  })

  test('our own explanations are plain, and no term explains itself', () => {
    for (const { zh, plain } of terms) {
      expect(checkPlain(plain.zh), zh).toEqual([])
      expect(checkPlain(plain.en), zh).toEqual([])
      expect(plain.zh).not.toContain(zh)
    }
    const names = terms.map((term) => term.zh)
    expect(new Set(names).size).toBe(names.length)
  })
})
