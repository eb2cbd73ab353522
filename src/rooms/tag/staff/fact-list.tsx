import { useState } from 'react'
import { dateIn } from '../../../platform/clock.ts'
import { DateText, Go, Quantity, useApi, useLocale, useT, useTimeZone } from '../../../platform/web/index.ts'
import { listPatientTags } from '../contract/tag.ts'
import { readFacts, type Fact } from './fact.ts'
import { indicatorWords, printedUnit } from './indicator-words.ts'
import { useBilingual } from './words.ts'

/** How many facts a reason shows before one asks for more. */
const SHOWN = 5

/** The facts that fired a rule: 收缩压 150 mmHg ↑ 2026-03-02, each value leading to its course. */
export function FactList({ patientId, facts }: { patientId: string; facts: readonly unknown[] }) {
  const t = useT('tag')
  const [all, setAll] = useState(false)
  const read = readFacts(facts)
  const rest = read.length - SHOWN
  return (
    <>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {(all ? read : read.slice(0, SHOWN)).map((fact) => (
          <li key={JSON.stringify(fact)}>
            <FactLine patientId={patientId} fact={fact} />
          </li>
        ))}
      </ul>
      {rest > 0 && !all && (
        <button type="button" className="pb-link" onClick={() => setAll(true)}>
          {t('fact.more', { count: rest })}
        </button>
      )}
    </>
  )
}

function FactLine({ patientId, fact }: { patientId: string; fact: Fact }) {
  const t = useT('tag')
  const locale = useLocale()
  const words = useBilingual()
  switch (fact.kind) {
    case 'observation':
      return (
        <>
          <Go to={`/patients/${patientId}?tab=indicators&code=${fact.code}`} style={{ textDecoration: 'underline' }}>
            {indicatorWords(fact.code, locale)?.name ?? fact.code}
          </Go>{' '}
          <Quantity value={fact.value ?? fact.text} unit={printedUnit(fact.unit)} flag={fact.flag} />{' '}
          <Day at={fact.at} />
        </>
      )
    case 'condition':
    case 'procedure':
      return (
        <>
          {fact.name ?? fact.code} <Day at={fact.at} />
        </>
      )
    case 'family-history':
      return t('fact.family', { relation: t(`relation.${fact.relation ?? 'other'}`), name: fact.name })
    case 'tag':
      return <OtherTag patientId={patientId} code={fact.code} />
    case 'last':
      return (
        <>
          {t(`fact.last.${fact.event}`)} {fact.at ? <Day at={fact.at} /> : t('fact.never')}
        </>
      )
    case 'questionnaire':
      return (
        <>
          <Go to={`/patients/${patientId}?tab=questionnaires`} style={{ textDecoration: 'underline' }}>
            {words(fact.name)}
          </Go>{' '}
          <Day at={fact.at} />
        </>
      )
    case 'risk':
      return (
        <>
          <Go to={`/patients/${patientId}?tab=risk`} style={{ textDecoration: 'underline' }}>
            {words(fact.name)}
          </Go>{' '}
          {words(fact.band)} <Day at={fact.at} />
        </>
      )
    case 'age':
      return t('fact.age', { years: fact.years })
    case 'sex':
      return t(`fact.sex.${fact.sex}`)
  }
}

/** The answer stands at hand: the chip it explains came with it. */
function OtherTag({ patientId, code }: { patientId: string; code: string }) {
  const t = useT('tag')
  const words = useBilingual()
  const { data } = useApi(listPatientTags, { params: { patientId: patientId as never } })
  const tag = data?.tags.find((one) => one.code === code)
  return t('fact.tag', { name: tag ? words(tag.name) : code })
}

/** A calendar date as it is, an instant as the day it falls on. */
function Day({ at }: { at: string | null | undefined }) {
  const timeZone = useTimeZone()
  if (!at) return null
  return (
    <span className="pb-hint">
      <DateText date={at.length === 10 ? at : dateIn(new Date(at), timeZone)} />
    </span>
  )
}
