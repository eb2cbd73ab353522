// For tests and looks only: a person who does not exist, with everything a report can hold.
import { EXPLAINED_EN, EXPLAINED_ZH, TOLD_EN, TOLD_ZH } from './sample-told.ts'
import { SAMPLE_SECTIONS_EN, SAMPLE_SECTIONS_ZH, type SampleSection } from './sample-sections.ts'
import type { ComparedIndicator, ReportDocument, ReportFlag, ReportItem, ReportSection } from './report-document.ts'

export interface SampleOptions {
  language?: ReportDocument['language']
  /** How many yearly examinations stand in the comparison. */
  years?: number
  name?: string
}

/** A full report: 60 items in nine parts, conclusions of every grade, rare characters, long texts. */
export function sampleDocument({ language = 'zh-CN', years = 8, name }: SampleOptions = {}): ReportDocument {
  const zh = language === 'zh-CN'
  const texts = zh ? ZH : EN
  const sections = (zh ? SAMPLE_SECTIONS_ZH : SAMPLE_SECTIONS_EN).map(section)
  return {
    language,
    ...texts,
    patient: { ...texts.patient, name: name ?? texts.patient.name },
    reportNumber: 'TJ20261118-000373',
    verifyUrl: 'https://report.example.org/v/9F2K-7Q4M-XD31',
    printedOn: '2026-11-21',
    sections,
    abnormalItems: sections
      .flatMap((part) => part.items)
      .filter((item) => item.flag !== '')
      .map(({ name: item, value, unit, rangeText, flag }, index) => ({
        name: item,
        value,
        unit,
        rangeText,
        flag,
        explanation: zh ? EXPLAINED_ZH : EXPLAINED_EN,
        ...(index % 3 === 2 || years < 2 ? {} : { previous: { date: '2025-11-14', value: previousOf(value), flag } }),
      })),
    comparison: comparison(years, zh),
    ...(zh ? TOLD_ZH : TOLD_EN),
  }
}

/** A report with only what the type demands. */
export function emptyDocument(language: ReportDocument['language'] = 'zh-CN'): ReportDocument {
  const full = sampleDocument({ language })
  return {
    language,
    organization: { name: full.organization.name },
    reportNumber: full.reportNumber,
    verifyUrl: full.verifyUrl,
    printedOn: full.printedOn,
    patient: { name: '王㛃', sexText: full.patient.sexText, ageText: full.patient.ageText, cardNumberMasked: '' },
    exam: { date: full.exam.date, site: full.exam.site, kind: full.exam.kind },
    conclusions: [],
    doctor: { name: '' },
    abnormalItems: [],
    sections: [],
    comparison: [],
    history: [],
    questionnaires: [],
    risks: [],
    advice: [],
    attachments: [],
    notDone: [],
    disclaimers: [],
  }
}

function section({ title, examiner, reviewer, items, narrative }: SampleSection): ReportSection {
  return {
    title,
    examiner,
    reviewer,
    items: items.map(([name, value, unit = '', rangeText = '', flag = '', signer]): ReportItem => {
      return { name, value, unit, rangeText, flag, ...(signer ? { examiner: signer } : {}) }
    }),
    ...(narrative ? { narrative: { finding: narrative[0], impression: narrative[1] } } : {}),
  }
}

function previousOf(value: string): string {
  const number = Number(value)
  return Number.isFinite(number) ? (number * 0.94).toFixed(value.includes('.') ? 2 : 0) : value
}

/** Per indicator: zh, en, unit, low, high, digits after the point, values of 2026, 2025 … */
type Series = [string, string, string, number | undefined, number | undefined, number, number[]]

const SERIES: Series[] = [
  ['收缩压', 'Systolic pressure', 'mmHg', 90, 139, 0, [152, 146, 141, 138, 136, 129, 131, 126]],
  ['空腹血糖', 'Fasting glucose', 'mmol/L', 3.9, 6.1, 2, [7.3, 6.84, 6.42, 6.2, 5.9, 5.61, 5.72, 5.4]],
  [
    '低密度脂蛋白胆固醇',
    'LDL cholesterol',
    'mmol/L',
    undefined,
    3.4,
    2,
    [3.86, 3.62, 3.91, 3.3, 3.12, 2.98, 3.04, 2.87],
  ],
  ['尿酸', 'Uric acid', 'μmol/L', 208, 428, 0, [468, 441, 455, 402, 397, 388, 371, 365]],
  ['血红蛋白', 'Haemoglobin', 'g/L', 130, 175, 0, [124, 131, 138, 142, 141, 146, 144, 147]],
  ['估算肾小球滤过率', 'Estimated GFR', 'mL/min/1.73m²', 90, undefined, 0, [84, 88, 92, 95, 94, 98, 101, 103]],
  ['体质指数', 'Body mass index', 'kg/m²', 18.5, 23.9, 1, [27.1, 26.8, 26.4, 25.9, 25.2, 24.6, 24.1, 23.7]],
]

function comparison(years: number, zh: boolean): ComparedIndicator[] {
  return years === 0
    ? []
    : SERIES.map(([nameZh, nameEn, unit, low, high, digits, values]) => ({
        indicator: zh ? nameZh : nameEn,
        unit,
        points: values
          .slice(0, years)
          .map((value, ago) => {
            // The laboratory changed its methods in 2022: earlier points carry a slightly different range.
            const former = ago > 4 ? 0.96 : 1
            const round = (end: number | undefined) =>
              end === undefined ? undefined : Number((end * former).toFixed(digits))
            const [from, to] = [round(low), round(high)]
            const flag: ReportFlag =
              to !== undefined && value > to ? '↑' : from !== undefined && value < from ? '↓' : ''
            return {
              date: `${2026 - ago}-11-${18 - ago}`,
              value,
              valueText: value.toFixed(digits),
              low: from,
              high: to,
              flag,
            }
          })
          .reverse(),
      }))
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 32"><circle cx="18" cy="16" r="14" fill="none" stroke="#0B7A75" stroke-width="2"/><circle cx="30" cy="16" r="14" fill="none" stroke="#C49A5A" stroke-width="2"/></svg>`

type SampleTexts = Pick<
  ReportDocument,
  'organization' | 'patient' | 'exam' | 'conclusions' | 'doctor' | 'notDone' | 'worries' | 'disclaimers' | 'aiLabel'
>

const ZH: SampleTexts = {
  organization: {
    name: '云栖市第一人民医院健康管理中心',
    logoSvg: LOGO,
    address: '云栖市湖滨区柳浪路 18 号门诊楼三层',
    phone: '0571-5550 0120',
  },
  patient: {
    name: '欧阳䶮',
    sexText: '男',
    ageText: '58 岁',
    birthDate: '1968-03-09',
    cardNumberMasked: '3***************1X',
    phoneMasked: '180****1999',
  },
  exam: {
    date: '2026-11-18',
    site: '湖滨院区健康管理中心',
    packageName: '心脑血管深度体检（50 岁以上男性）',
    kind: '年度健康体检',
  },
  conclusions: [
    {
      severity: 'risk-factor',
      title: '超重，腰围增大',
      basis: '体质指数 27.1 kg/m²，腰围 94 cm；八年间体重逐年上升，共增加 9.6 kg。',
      advice: '半年内减重 5%（约 4 kg）。每天快走 30 分钟，主食减三分之一，晚饭七分饱。三个月后到中心复测体重和腰围。',
    },
    {
      severity: 'high-risk',
      title: '颈动脉斑块，左侧管腔重度狭窄可能',
      basis:
        '颈动脉彩超：左侧颈内动脉起始段低回声斑块，局部流速加快，狭窄率估计 70% 左右。同时有血压升高、血糖升高和低密度脂蛋白胆固醇升高。',
      advice:
        '请在一周内到神经内科或血管外科就诊，完善头颈部血管检查，由专科医生决定用药和下一步处理。就诊前避免剧烈运动和突然转头。若出现一侧肢体无力、说话不清或眼前发黑，立即拨打 120。',
    },
    {
      severity: 'new-suspected',
      title: '空腹血糖升高，疑似糖尿病',
      basis: '空腹血糖 7.30 mmol/L（参考范围 3.90–6.10），糖化血红蛋白 6.8%；连续四年高于参考范围并逐年上升。',
      advice: '两周内到内分泌科复查空腹血糖，并做口服葡萄糖耐量试验。复查前照常吃饭三天，不要刻意节食。',
    },
    {
      severity: 'new-suspected',
      title: '右肺上叶磨玻璃结节（6 mm）',
      basis: '胸部低剂量 CT：右肺上叶尖段见直径约 6 mm 的纯磨玻璃结节，边界清楚，以往未见报告。',
      advice:
        '六个月后复查胸部低剂量薄层 CT，与本次图像对比；请保留本次的影像资料。吸烟者请尽早戒烟，我们的戒烟门诊每周三下午开放。',
    },
    {
      severity: 'disease',
      title: '高血压（2 级），控制不满意',
      basis: '诊室血压两次测量平均 152/96 mmHg；自述服用氨氯地平 5 mg 每日一次，时有漏服。',
      advice: '每天早晚各测一次血压并记录，连续七天后带记录到心内科调整用药。每天食盐不超过 5 克。',
    },
    {
      severity: 'positive',
      title: '轻度贫血，粪便隐血弱阳性',
      basis: '血红蛋白 124 g/L（130–175），较去年下降 7 g/L；粪便隐血试验弱阳性。',
      advice: '一个月内复查血常规和粪便隐血，并预约胃肠镜检查。复查前三天不吃动物血和肝脏。',
    },
  ],
  doctor: { name: '钟离昀', title: '主任医师', signedOn: '2026-11-20' },
  notDone: [
    { name: '胃镜检查', reason: '本人当天服用了抗凝药，暂缓' },
    { name: '前列腺指检', reason: '本人表示不做' },
  ],
  worries: {
    said: '父亲六十岁时中风，我最近常常头晕，担心自己也会这样。',
    answer:
      '您的担心有道理：血压、血糖、血脂和颈动脉的结果都提示风险偏高，但这些都可以治疗。请先完成下面第 1 条，我们的护士三天内会给您打电话。',
  },
  disclaimers: [
    '本报告只对本次所检项目和所采标本负责，结论需要结合您的病史和其他检查，由临床医生综合判断。',
    '未经本机构书面同意，不得部分复制本报告（完整复制除外）。纸质报告与电子报告不一致时，以扫码核验到的内容为准。',
    '对结果有疑问，请在收到报告后十五日内提出，我们会在三个工作日内答复。',
  ],
  aiLabel: '“建议”文字由人工智能辅助起草，已由主检医师逐条审核',
}

const EN: SampleTexts = {
  organization: {
    name: 'Health Management Centre, Yunqi First People’s Hospital',
    logoSvg: LOGO,
    address: 'Level 3, Outpatient Building, 18 Liulang Road, Hubin District, Yunqi',
    phone: '+86 571 5550 0120',
  },
  patient: {
    name: 'Maximilian Alexander Featherstonehaugh-Ouyang',
    sexText: 'Male',
    ageText: '58 years',
    birthDate: '1968-03-09',
    cardNumberMasked: 'E****4471',
    phoneMasked: '180****1999',
  },
  exam: {
    date: '2026-11-18',
    site: 'Health Management Centre, Hubin campus',
    packageName: 'Heart and brain vessels, extended (men over 50)',
    kind: 'Yearly health check',
  },
  conclusions: [
    {
      severity: 'high-risk',
      title: 'Carotid plaque with probable severe narrowing on the left',
      basis:
        'Carotid ultrasound: hypoechoic plaque at the origin of the left internal carotid artery, local acceleration, narrowing estimated at about 70%. Blood pressure, glucose and LDL cholesterol are raised as well.',
      advice:
        'See a neurologist or vascular surgeon within one week to complete imaging and decide on treatment. Until then avoid strenuous exercise. With weakness on one side or slurred speech call emergency services at once.',
    },
    {
      severity: 'new-suspected',
      title: 'Raised fasting glucose, diabetes suspected',
      basis: 'Fasting glucose 7.30 mmol/L (3.90–6.10), HbA1c 6.8%; above range and rising for four years.',
      advice:
        'Repeat fasting glucose with an oral glucose tolerance test at the endocrinology clinic within two weeks.',
    },
    {
      severity: 'risk-factor',
      title: 'Overweight, large waist',
      basis: 'BMI 27.1 kg/m², waist 94 cm; 9.6 kg gained over eight years.',
      advice:
        'Lose 5% (about 4 kg) in six months: walk briskly for 30 minutes a day and eat one third less rice and noodles.',
    },
  ],
  doctor: { name: 'Zhongli Yun', title: 'Chief physician', signedOn: '2026-11-20' },
  notDone: [{ name: 'Gastroscopy', reason: 'Postponed: an anticoagulant was taken that day' }],
  worries: {
    said: 'My father had a stroke at sixty and I often feel dizzy lately.',
    answer:
      'Your worry is well founded, and all of these risks can be treated. Please start with number 1; our nurse will call you within three days.',
  },
  disclaimers: [
    'This report covers only the items and samples of this examination. A clinician has to judge them together with your history.',
    'If paper and electronic report differ, what the QR code shows is valid.',
  ],
  aiLabel: 'Advice drafted with the help of AI and reviewed line by line by the chief doctor',
}
