import { useState } from 'react'
import { dateIn } from '../../clock.ts'
import type { ToldFact } from '../../condition/contract.ts'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { useTimeZone } from '../page/session.ts'
import { DateText } from '../text/dates.tsx'
import { Flag } from '../text/flag.tsx'
import { useWords } from './use-asking.ts'

/** How many facts stand there before one asks for more. */
const SHOWN = 5

/** Facts in words: 收缩压 152 mmHg ↑ 2026-03-02, from a report; each leads to where it stands on the patient's page. */
export function FactLines({ patientId, facts }: { patientId: string | undefined; facts: readonly ToldFact[] }) {
  const t = useT('web')
  const [all, setAll] = useState(false)
  const rest = facts.length - SHOWN
  return (
    <>
      <ul className="pb-facts-told">
        {(all ? facts : facts.slice(0, SHOWN)).map((fact) => (
          <li key={JSON.stringify(fact)}>
            <FactLine patientId={patientId} fact={fact} />
          </li>
        ))}
      </ul>
      {rest > 0 && !all && (
        <button type="button" className="pb-link" onClick={() => setAll(true)}>
          {t('why.more', { count: rest })}
        </button>
      )}
    </>
  )
}

function FactLine({ patientId, fact }: { patientId: string | undefined; fact: ToldFact }) {
  const words = useWords()
  const link = (to: string | null, text: string) =>
    patientId && to ? (
      <Go to={`/patients/${patientId}?${to}`} style={{ textDecoration: 'underline' }}>
        {text}
      </Go>
    ) : (
      text
    )
  return (
    <>
      {link(fact.to, words(fact.what))} {fact.value && <strong>{words(fact.value)}</strong>} {fact.flag && <Flag code={fact.flag} short />}{' '}
      <span className="pb-hint">
        <Day at={fact.at} />
        {fact.until && (
          <>
            {' – '}
            <Day at={fact.until} />
          </>
        )}{' '}
        {fact.source && link(fact.sourceTo, words(fact.source))}
      </span>
    </>
  )
}

/** A calendar date as it is, an instant as the day it falls on. */
function Day({ at }: { at: string | null }) {
  const timeZone = useTimeZone()
  if (!at) return null
  return <DateText date={at.length === 10 ? at : dateIn(new Date(at), timeZone)} />
}
