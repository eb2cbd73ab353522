import { useState } from 'react'
import { DateText, Status, useT } from '../../../platform/web/index.ts'
import type { Fact, Sentence } from '../contract/words.ts'

/** A sentence; pressed, it says what it rests on. */
export function FactsOf({ sentence, facts }: { sentence: Sentence; facts: readonly Fact[] }) {
  const t = useT('stage-summary')
  const [open, setOpen] = useState(false)
  const used = facts.filter(({ id }) => sentence.facts.includes(id))
  return (
    <>
      <button
        type="button"
        className="ss-sentence"
        aria-expanded={open}
        title={t('view.basis')}
        onClick={() => setOpen(!open)}
      >
        {sentence.text}
      </button>{' '}
      {sentence.from !== 'system' && <Status>{t(`view.${sentence.from}`)}</Status>}
      {open && (
        <ul className="ss-facts">
          {used.length === 0 && <li>{t('view.noBasis')}</li>}
          {used.map((fact) => (
            <li key={fact.id}>
              <span className="pb-hint">{t(`fact.${fact.kind}`)}</span> {fact.label}{' '}
              <span className="pb-number">{fact.value}</span> {fact.on && <DateText date={fact.on} />}{' '}
              {fact.refs.length > 0 && (
                <span className="pb-hint" title={fact.refs.join('\n')}>
                  {t('fact.records', { count: fact.refs.length })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
