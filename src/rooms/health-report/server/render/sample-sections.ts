// For tests and looks only: results of a person who does not exist.
import type { ReportFlag } from './report-document.ts'

export interface SampleSection {
  title: string
  examiner: string
  reviewer: string
  /** Name, value, unit, range, flag, and an examiner of its own. */
  items: [name: string, value: string, unit?: string, range?: string, flag?: ReportFlag, examiner?: string][]
  narrative?: [finding: string, impression: string]
}

export const SAMPLE_SECTIONS_ZH: SampleSection[] = [
  {
    title: '一般检查',
    examiner: '护士 令狐静',
    reviewer: '公孙㛃',
    items: [
      ['身高', '172.5', 'cm'],
      ['体重', '80.6', 'kg'],
      ['体质指数', '27.1', 'kg/m²', '18.5–23.9', '↑'],
      ['腰围', '94', 'cm', '<90', '↑'],
      ['收缩压', '152', 'mmHg', '90–139', '↑'],
      ['舒张压', '96', 'mmHg', '60–89', '↑'],
      ['脉率', '78', '次/分', '60–100'],
    ],
  },
  {
    title: '内科与外科',
    examiner: '司徒岩',
    reviewer: '公孙㛃',
    items: [
      ['心脏听诊', '心率 78 次/分，律齐，各瓣膜听诊区未闻及病理性杂音'],
      ['肺部听诊', '双肺呼吸音清，未闻及干湿啰音'],
      ['腹部触诊', '腹软，无压痛及反跳痛，肝脾肋下未触及'],
      ['皮肤', '无异常'],
      ['甲状腺', '左叶可触及约 1 cm 结节，质韧，随吞咽活动', '', '', '异常', '外科 慕容川'],
      ['脊柱四肢', '无异常', '', '', '', '外科 慕容川'],
    ],
  },
  {
    title: '血常规',
    examiner: '检验 上官宁',
    reviewer: '检验 诸葛远',
    items: [
      ['白细胞计数', '6.42', '×10⁹/L', '3.50–9.50'],
      ['中性粒细胞绝对值', '3.88', '×10⁹/L', '1.80–6.30'],
      ['淋巴细胞绝对值', '1.96', '×10⁹/L', '1.10–3.20'],
      ['单核细胞绝对值', '0.41', '×10⁹/L', '0.10–0.60'],
      ['嗜酸性粒细胞绝对值', '0.14', '×10⁹/L', '0.02–0.52'],
      ['红细胞计数', '4.21', '×10¹²/L', '4.30–5.80', '↓'],
      ['血红蛋白', '124', 'g/L', '130–175', '↓'],
      ['红细胞压积', '0.38', 'L/L', '0.40–0.50', '↓'],
      ['平均红细胞体积', '81.2', 'fL', '82.0–100.0', '↓'],
      ['平均红细胞血红蛋白量', '27.4', 'pg', '27.0–34.0'],
      ['血小板计数', '218', '×10⁹/L', '125–350'],
    ],
  },
  {
    title: '生化检验',
    examiner: '检验 上官宁',
    reviewer: '检验 诸葛远',
    items: [
      ['丙氨酸氨基转移酶', '46', 'U/L', '9–50'],
      ['天门冬氨酸氨基转移酶', '31', 'U/L', '15–40'],
      ['γ-谷氨酰转移酶', '72', 'U/L', '10–60', '↑'],
      ['总胆红素', '14.2', 'μmol/L', '≤26.0'],
      ['直接胆红素', '4.1', 'μmol/L', '≤8.0'],
      ['白蛋白', '44.6', 'g/L', '40.0–55.0'],
      ['尿素', '6.8', 'mmol/L', '3.1–8.0'],
      ['肌酐', '88', 'μmol/L', '57–97'],
      ['估算肾小球滤过率', '84', 'mL/min/1.73m²', '≥90', '↓'],
      ['尿酸', '468', 'μmol/L', '208–428', '↑'],
      ['空腹血糖', '7.30', 'mmol/L', '3.90–6.10', '↑'],
      ['糖化血红蛋白', '6.8', '%', '4.0–6.0', '↑'],
      ['总胆固醇', '5.62', 'mmol/L', '<5.20', '↑'],
      ['甘油三酯', '2.14', 'mmol/L', '<1.70', '↑'],
      ['高密度脂蛋白胆固醇', '1.08', 'mmol/L', '>1.04'],
      ['低密度脂蛋白胆固醇', '3.86', 'mmol/L', '<3.40', '↑'],
      ['同型半胱氨酸', '16.4', 'μmol/L', '≤15.0', '↑'],
      ['促甲状腺激素', '2.61', 'mIU/L', '0.27–4.20'],
      ['游离甲状腺素', '16.9', 'pmol/L', '12.0–22.0'],
    ],
  },
  {
    title: '尿常规与粪便隐血',
    examiner: '检验 上官宁',
    reviewer: '检验 诸葛远',
    items: [
      ['尿蛋白', '阴性 (−)', '', '阴性'],
      ['尿葡萄糖', '弱阳性 (±)', '', '阴性', '异常'],
      ['尿酮体', '阴性 (−)', '', '阴性'],
      ['尿隐血', '阴性 (−)', '', '阴性'],
      ['尿比重', '1.022', '', '1.003–1.030'],
      ['尿酸碱度', '6.0', '', '5.0–8.0'],
      ['粪便隐血', '弱阳性 (±)', '', '阴性', '异常'],
    ],
  },
  {
    title: '肿瘤标志物',
    examiner: '检验 上官宁',
    reviewer: '',
    items: [
      ['甲胎蛋白', '3.2', 'ng/mL', '≤7.0'],
      ['癌胚抗原', '2.8', 'ng/mL', '≤5.0'],
      ['总前列腺特异性抗原', '1.94', 'ng/mL', '≤4.00'],
      ['细胞角蛋白 19 片段', '1.7', 'ng/mL', '≤3.3'],
    ],
  },
  {
    title: '心电图',
    examiner: '司徒岩',
    reviewer: '公孙㛃',
    items: [
      ['心率', '76', '次/分', '60–100'],
      ['PR 间期', '168', 'ms', '120–200'],
      ['QTc 间期', '421', 'ms', '<450'],
    ],
    narrative: ['窦性心律，P 波、QRS 波群形态正常，V5、V6 导联 T 波低平。', '窦性心律；T 波改变，请结合临床。'],
  },
  {
    title: '胸部低剂量 CT',
    examiner: '放射 宇文澈',
    reviewer: '放射 尉迟明',
    items: [['检查方法', '低剂量螺旋扫描，层厚 1.25 mm']],
    narrative: [
      '胸廓对称，气管居中。右肺上叶尖段（IM 62）见直径约 6 mm 的纯磨玻璃结节，边界清楚，未见分叶、毛刺及胸膜牵拉。余双肺纹理走行自然，未见实变影。各级支气管通畅。双侧肺门及纵隔未见肿大淋巴结。主动脉弓及冠状动脉左前降支见少许钙化。双侧胸腔未见积液。\n扫描所及上腹部：肝实质密度弥漫性减低，CT 值低于脾脏。',
      '1. 右肺上叶尖段纯磨玻璃结节（6 mm），建议六个月后复查。\n2. 主动脉及冠状动脉钙化。\n3. 脂肪肝。',
    ],
  },
  {
    title: '颈动脉彩色多普勒超声',
    examiner: '超声 赫连雪',
    reviewer: '超声 澹台清',
    items: [
      ['右侧颈总动脉内中膜厚度', '1.1', 'mm', '<1.0', '↑'],
      ['左侧颈总动脉内中膜厚度', '1.3', 'mm', '<1.0', '↑'],
      ['左侧颈内动脉收缩期峰值流速', '238', 'cm/s', '<125', '↑'],
    ],
    narrative: [
      '双侧颈总动脉内中膜增厚、毛糙。左侧颈内动脉起始段后壁见 18 mm × 4.2 mm 的低回声斑块，表面欠规则，局部管腔变窄，彩色血流充盈缺损，流速明显加快。双侧椎动脉走行及流速正常。',
      '双侧颈动脉粥样硬化；左侧颈内动脉起始段斑块形成，管腔狭窄（约 70%）。',
    ],
  },
]

export const SAMPLE_SECTIONS_EN: SampleSection[] = [
  {
    title: 'Measurements',
    examiner: 'Nurse Linghu Jing',
    reviewer: 'Gongsun Jie',
    items: [
      ['Height', '172.5', 'cm'],
      ['Weight', '80.6', 'kg'],
      ['Body mass index', '27.1', 'kg/m²', '18.5–23.9', '↑'],
      ['Systolic pressure', '152', 'mmHg', '90–139', '↑'],
      ['Diastolic pressure', '96', 'mmHg', '60–89', '↑'],
    ],
  },
  {
    title: 'Physical examination',
    examiner: 'Situ Yan',
    reviewer: 'Gongsun Jie',
    items: [
      ['Heart', 'Regular rhythm, 78 beats a minute, no pathological murmurs over any valve area'],
      ['Thyroid', 'Firm nodule of about 1 cm in the left lobe, moving on swallowing', '', '', '异常', 'Murong Chuan'],
    ],
  },
  {
    title: 'Blood chemistry',
    examiner: 'Shangguan Ning',
    reviewer: 'Zhuge Yuan',
    items: [
      ['Fasting glucose', '7.30', 'mmol/L', '3.90–6.10', '↑'],
      ['Haemoglobin A1c', '6.8', '%', '4.0–6.0', '↑'],
      ['Low-density lipoprotein cholesterol', '3.86', 'mmol/L', '<3.40', '↑'],
      ['Gamma-glutamyltransferase', '72', 'U/L', '10–60', '↑'],
      ['Estimated glomerular filtration rate', '84', 'mL/min/1.73m²', '≥90', '↓'],
      ['White cell count', '6.42', '×10⁹/L', '3.50–9.50'],
      ['Faecal occult blood', 'weakly positive', '', 'negative', '异常'],
    ],
  },
  {
    title: 'Low-dose chest CT',
    examiner: 'Yuwen Che',
    reviewer: 'Yuchi Ming',
    items: [],
    narrative: [
      'A pure ground-glass nodule of about 6 mm in the apical segment of the right upper lobe, well defined, without lobulation or spiculation. Airways open. No enlarged lymph nodes. Slight calcification of the aortic arch.',
      'Right upper lobe ground-glass nodule (6 mm); repeat in six months.',
    ],
  },
]
