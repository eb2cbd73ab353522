import { assignCarers, registerPatient } from '../patient/server/index.ts'
import type { Caller, TestHouse } from '../../../test/house.ts'
import * as contract from './contract/questionnaire.ts'

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const loinc = (code: string) => [{ system: 'http://loinc.org', code }]
const linkedFor = (days: number) => ({
  url: `${SDC}observationLinkPeriod`,
  valueDuration: { value: days, code: 'd', unit: 'd' },
})
const extracted = { url: `${SDC}observationExtract`, valueBoolean: true }
const inUnit = (code: string) => ({
  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
  valueCoding: { system: 'http://unitsofmeasure.org', code, display: code },
})

/** Asks for what the record may know: a weight of the last 30 days, the medicines; a height that nobody linked. */
export const VISIT_FORM = {
  resourceType: 'Questionnaire',
  status: 'draft',
  title: '就诊前',
  language: 'zh-CN',
  item: [
    {
      linkId: 'weight',
      type: 'decimal',
      text: '体重',
      code: loinc('29463-7'),
      extension: [linkedFor(30), extracted, inUnit('kg')],
    },
    { linkId: 'height', type: 'decimal', text: '身高', code: loinc('8302-2'), extension: [extracted, inUnit('cm')] },
    { linkId: 'drugs', type: 'text', text: '在用的药', code: [{ system: 'urn:peiban:record', code: 'medications' }] },
    { linkId: 'worry', type: 'string', text: '最想说的事', required: true },
  ],
}

/** One who drafts and one who publishes put a form in force. */
export async function publish(house: TestHouse, code: string, definition: object, sensitivity = 'ordinary') {
  const [editor, reviewer] = [await house.as('content-editor'), await house.as('medical-reviewer')]
  const params = { code }
  const body = { definition: definition as never, revision: 0, sensitivity: sensitivity as never }
  const draft = await editor.call(contract.saveDraft, { params, body })
  await reviewer.call(contract.publishDraft, { params, body: { revision: draft.revision } })
}

export interface Team {
  physician: Caller
  manager: Caller
  counsellor: Caller
}

let count = 0

/** Somebody born on 6 May 1970, looked after by this team. */
export async function aPatientOf(house: TestHouse, team: Team, more: object = {}): Promise<never> {
  const id = await house.write((ctx) =>
    registerPatient(ctx, {
      name: `进出客${'甲乙丙丁戊己庚辛'[count % 8]}`,
      phone: `1370000${String(++count).padStart(4, '0')}`,
      birthDate: '1970-05-06',
      ...more,
    } as never),
  )
  await house.write((ctx) =>
    assignCarers(ctx, id, {
      doctorId: team.physician.staffId,
      managerId: team.manager.staffId,
      counsellorId: team.counsellor.staffId,
    } as never),
  )
  return id as never
}

export async function aTeam(house: TestHouse): Promise<Team> {
  return {
    physician: await house.as('physician'),
    manager: await house.as('service-manager'),
    counsellor: await house.as('counsellor'),
  }
}

/** A whole response with these answers: numbers, texts, or codings. */
export function responseOf(answers: Record<string, number | string | boolean | { code: string; system?: string }>) {
  const typed = (value: (typeof answers)[string]) => {
    if (typeof value === 'number') return { valueDecimal: value }
    if (typeof value === 'boolean') return { valueBoolean: value }
    return typeof value === 'string' ? { valueString: value } : { valueCoding: value }
  }
  return {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: Object.entries(answers).map(([linkId, value]) => ({ linkId, answer: [typed(value)] })),
  } as never
}
