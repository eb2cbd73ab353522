import { InstantText, type T } from '../../../platform/web/index.ts'
import type { MessageCopy } from '../contract/message.ts'

type Step = MessageCopy['events'][number]

/** Each step a message took; where the gate held it: which check, what it saw, by which rules, until when. */
export function MessageSteps({ message, t }: { message: MessageCopy; t: T }) {
  if (message.events.length === 0) return null
  return (
    <section aria-label={t('copy.steps')}>
      <h3 style={{ fontSize: 14, margin: '0 0 8px' }}>{t('copy.steps')}</h3>
      <ol style={{ margin: 0, paddingInlineStart: 20 }}>
        {message.events.map((step) => (
          <li key={`${step.at} ${step.kind}`}>
            {t(`event.${step.kind}`)}
            {step.reason && ` · ${t(`reason.${step.reason}`)}`}{' '}
            <span className="pb-hint">
              <InstantText at={step.at} />
            </span>
            <Saw step={step} t={t} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Saw({ step, t }: { step: Step; t: T }) {
  const words = [sawWords(step, t), step.because].filter(Boolean).join(' · ')
  const isHeld = step.reason !== null && step.rule !== null && step.kind !== 'approved'
  if (!words && !isHeld) return null
  return (
    <div className="pb-hint">
      {words}
      {step.until && (
        <>
          {words && ' · '}
          {t('saw.until')} <InstantText at={step.until} />
        </>
      )}
      {isHeld && ` · ${step.rule === 0 ? t('saw.ruleShipped') : t('saw.rule', { version: step.rule! })}`}
    </div>
  )
}

export function sawWords({ reason, saw }: Step, t: T): string {
  if (saw?.['why'] || saw?.['channel']) return wayWords(saw, t)
  if (!reason || !saw) return ''
  if (saw['found']) {
    const found = String(saw['found']).split(' ')
    return t('saw.found', { found: found.map((leak) => t(`reason.${leak}`)).join('、') })
  }
  if (saw['topic']) return t('saw.topic', { topic: t(`my.topic.${saw['topic']}`) })
  // Without what is missing there is nothing to say beyond the reason.
  if (reason === 'render' && !saw['what']) return ''
  const words = t(`saw.${reason}${saw['over'] && saw['what'] ? '-value' : ''}`, saw)
  return saw['because'] ? `${words} · ${t('saw.because', { reason: t(`reason.${saw['because']}`) })}` : words
}

/** Which ways were shut and why, and which was taken instead. */
function wayWords(saw: NonNullable<Step['saw']>, t: T): string {
  const shut = String(saw['why'] ?? '')
    .split(' ')
    .filter((part) => part.includes(':'))
    .map((part) => {
      const [channel, why] = part.split(':')
      return t('why.line', { channel: t(`channel.${channel}`), why: t(`why.${why}`) })
    })
  const taken = saw['channel'] ? [`→ ${t(`channel.${saw['channel']}`)}`] : []
  return [...shut, ...taken].join(' · ')
}
