import { EXTENSION } from '../extension.ts'
import type { AnswerOption, Beside, Extension, Questionnaire, QuestionnaireItem } from '../fhir.ts'
import type { Words } from '../scoring.ts'
import { leadCode, optionCode, wantedTexts, type GivenText, type Template, type TemplateItem } from './template.ts'

export type Texts = ReadonlyMap<string, GivenText>

/** Codes of the texts that are still to come. */
export const lackingTexts = (template: Template, texts: Texts): string[] =>
  wantedTexts(template)
    .filter(({ code, optional }) => !optional && !texts.get(code)?.zh)
    .map(({ code }) => code)

/**
 * The questionnaire that a template and its texts make, as a draft may hold it.
 * @throws RangeError where a text lacks: ask `lackingTexts` first
 */
export function fillTemplate(template: Template, texts: Texts): Questionnaire {
  const lacking = lackingTexts(template, texts)
  if (lacking.length > 0) throw new RangeError(`${template.code} lacks ${lacking.join(', ')}`)
  const lead = texts.get(leadCode(template))
  const asksPatient = template.items.some(({ own }) => own?.initial?.includes('%patient'))
  return {
    resourceType: 'Questionnaire',
    url: `urn:peiban:questionnaire:${template.code}`,
    version: '1',
    name: template.code,
    ...titled('title', template.title),
    status: 'draft',
    language: 'zh-CN',
    ...titled('description', template.about),
    copyright: template.licence.zh,
    ...(asksPatient ? { extension: [PATIENT] } : {}),
    item: [
      ...(lead?.zh ? [{ linkId: leadCode(template), type: 'display', ...said(lead) }] : []),
      ...template.items.map((item) => asked(template, item, texts)),
      ...(template.hidden ?? []).map(({ code, text, type, expression }): QuestionnaireItem => ({
        linkId: code,
        ...said(text),
        type,
        readOnly: true,
        extension: [
          { url: EXTENSION.hidden[0], valueBoolean: true },
          fhirPath(EXTENSION.calculatedExpression[0], expression),
        ],
      })),
    ],
    scoring: JSON.parse(JSON.stringify(template.scoring)) as unknown,
  }
}

function asked(template: Template, item: TemplateItem, texts: Texts): QuestionnaireItem {
  const { own, when, set } = item
  const extension: Extension[] = [
    ...(own?.initial ? [fhirPath(EXTENSION.initialExpression[0], own.initial)] : []),
    ...(item.unit ? [unit(item.unit)] : []),
    ...limit(item, 'minValue', item.min),
    ...limit(item, 'maxValue', item.max),
  ]
  return {
    linkId: item.code,
    ...said(own?.text ?? texts.get(item.code)!),
    type: item.kind,
    required: true,
    ...(when
      ? { enableWhen: [{ question: when.question, operator: '=' as const, answerCoding: coding(template, when) }] }
      : {}),
    ...(extension.length > 0 ? { extension } : {}),
    ...(own
      ? {
          answerOption: own.options.map((one) =>
            option(coding(template, { question: item.code, code: one.code }), one.text, one.points),
          ),
        }
      : set === undefined
        ? {}
        : { answerOption: answersOf(template, set, texts) }),
  }
}

function answersOf(template: Template, set: string, texts: Texts): AnswerOption[] {
  const system = `urn:peiban:scale:${template.code}:${set}`
  return template.sets[set]!.points.map((points) => {
    const bare = { zh: String(points), en: String(points) }
    const text = texts.get(optionCode(template, set, points)) ?? bare
    return option({ system, code: String(points) }, text, points)
  })
}

const coding = (template: Template, { question, code }: { question: string; code: string }) => ({
  system: `urn:peiban:scale:${template.code}:${question}`,
  code,
})

function option(of: { system: string; code: string }, text: GivenText, points: number): AnswerOption {
  return {
    extension: [{ url: EXTENSION.ordinalValue[0], valueDecimal: points }],
    valueCoding: { ...of, display: text.zh, ...(text.en ? { _display: inEnglish(text.en) } : {}) },
  }
}

const PATIENT: Extension = {
  url: EXTENSION.launchContext[0],
  extension: [
    { url: 'name', valueCoding: { system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext', code: 'patient' } },
    { url: 'type', valueCode: 'Patient' },
  ],
}

const fhirPath = (url: string, expression: string): Extension => ({
  url,
  valueExpression: { language: 'text/fhirpath', expression },
})

const unit = ({ code, zh }: NonNullable<TemplateItem['unit']>): Extension => ({
  url: EXTENSION.unit[0],
  valueCoding: { system: 'http://unitsofmeasure.org', code, display: zh },
})

function limit({ kind }: TemplateItem, which: 'minValue' | 'maxValue', value: number | undefined): Extension[] {
  if (value === undefined) return []
  return [{ url: EXTENSION[which][0], [kind === 'integer' ? 'valueInteger' : 'valueDecimal']: value }]
}

const inEnglish = (text: string): Beside => ({
  extension: [
    {
      url: EXTENSION.translation[0],
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: text },
      ],
    },
  ],
})

const said = ({ zh, en }: GivenText) => ({ text: zh, ...(en ? { _text: inEnglish(en) } : {}) })

const titled = (member: 'title' | 'description', { zh, en }: Words) => ({ [member]: zh, [`_${member}`]: inEnglish(en) })
