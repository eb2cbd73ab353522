// For tests and looks only: what a person who does not exist has told, and what follows from it.
import type { ReportDocument, ReportExplanation } from './report-document.ts'

type Told = Pick<ReportDocument, 'history' | 'questionnaires' | 'risks' | 'advice' | 'attachments'>

export const EXPLAINED_ZH: ReportExplanation = {
  about: '容易沉积在血管壁的“坏”胆固醇，目标值因人而异。',
  standing: '比参考范围的上限高约 14%。和上次相比，变化在平时的波动之内。',
  advice: '这类油脂多了，容易堵血管。少吃肥肉、动物内脏和油炸的，多走动，三个月后复查。',
}

export const EXPLAINED_EN: ReportExplanation = {
  about: 'The “bad” cholesterol that settles in vessel walls; its target differs from person to person.',
  standing: 'About 14% above the range. Compared with last time, within its usual ups and downs.',
  advice: 'Much of this fat can narrow blood vessels. Eat less fatty meat, walk more, and repeat it in three months.',
}

export const TOLD_ZH: Told = {
  history: [
    { label: '已知疾病', text: '高血压（2019-04-02）；高尿酸血症' },
    { label: '正在用的药', text: '氨氯地平 5 mg 每日一次' },
    { label: '过敏', text: '青霉素（皮疹）' },
    { label: '家族史', text: '父亲 脑卒中' },
  ],
  questionnaires: [
    {
      title: '国际体力活动问卷（短卷）',
      date: '2026-11-10',
      scores: [{ name: '总活动量', value: '480', band: '偏少' }],
    },
    { title: '生活方式自评', date: '2026-11-10', scores: [] },
  ],
  risks: [
    {
      title: '中国心脑血管病风险（十年）',
      band: '中等',
      tone: 'watch',
      meaning: '十年内发生心梗或脑卒中的可能，比同龄人高一些。管好血压和血脂，它会降下来。',
      value: '7.4%',
      valueLabel: '十年风险',
      date: '2026-11-18',
      caveats: [],
      badge: '计算方法由公开结果推算而来，不是原作者公布的。',
    },
  ],
  advice: [
    {
      kind: '饮食',
      title: '少盐，血压更稳',
      paragraphs: ['每天食盐不超过 5 克。', '· 炒菜快出锅时再放盐。', '避免：咸菜、腊肉、方便面的调料包。'],
      by: '王护士',
      date: '2026-11-19',
    },
  ],
  attachments: [
    { title: '胸部低剂量 CT', date: '2026-11-18', performer: '放射科 闻人毅' },
    { title: '颈动脉彩超', date: '2026-11-18', performer: '' },
  ],
}

export const TOLD_EN: Told = {
  history: [{ label: 'Known conditions', text: 'Hypertension (2019-04-02)' }],
  questionnaires: [
    { title: 'IPAQ short form', date: '2026-11-10', scores: [{ name: 'Activity', value: '480', band: 'little' }] },
  ],
  risks: [
    {
      title: 'China-PAR, ten years',
      band: 'Medium',
      tone: 'watch',
      meaning: 'A heart attack or stroke within ten years is somewhat more likely than for others of this age.',
      value: '7.4%',
      valueLabel: 'ten-year risk',
      date: '2026-11-18',
      caveats: ['The estimate is for people without a heart attack or stroke so far.'],
      badge: '',
    },
  ],
  advice: [],
  attachments: [{ title: 'Chest CT, low dose', date: '2026-11-18', performer: 'Radiology' }],
}
