import { Card, Facts, InstantText, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { OrderView } from '../contract/order.ts'
import type { OutcomeView } from '../contract/words.ts'
import { GradeText } from './words.tsx'

/** What was signed, as it stands; versions before it are kept below. */
export function OutcomeCard({ order }: { order: OrderView }) {
  const t = useT('interpretation')
  if (!order.outcome) return null
  return (
    <Card title={t('outcome.title')} extra={<GradeText grade={order.outcome.grade} />}>
      <Stack>
        <OutcomeText outcome={order.outcome} />
        {order.formerOutcomes.length > 0 && (
          <details>
            <summary>{t('outcome.former')}</summary>
            <Stack>
              {order.formerOutcomes.map((outcome) => (
                <OutcomeText key={outcome.version} outcome={outcome} />
              ))}
            </Stack>
          </details>
        )}
      </Stack>
    </Card>
  )
}

export function OutcomeText({ outcome }: { outcome: OutcomeView }) {
  const t = useT('interpretation')
  const { version, because, signedBy, signedTitle, signedAt, teachBack } = outcome
  return (
    <Stack tight>
      <p className="pb-hint">
        {t('outcome.signed', { name: [signedBy, signedTitle].filter(Boolean).join(' ') })} <InstantText at={signedAt} />
        {version > 1 && ` · ${t('outcome.version', { version })} · ${t('outcome.because', { because })}`}
      </p>
      <p className="it-text">{outcome.meaning}</p>
      <Facts
        items={[
          [t('talk.next'), outcome.next.length > 0 && <NextList key="next" next={outcome.next} />],
          [t('talk.options'), outcome.options.length > 0 && <OptionList key="options" options={outcome.options} />],
          [t('talk.ifNothing'), outcome.ifNothing],
          [
            t('talk.recheck'),
            outcome.recheck &&
              `${outcome.recheck.what} ${t('outcome.recheckDays', { from: outcome.recheck.from, until: outcome.recheck.until })}`,
          ],
          [
            t('talk.monthly'),
            outcome.monthly && `${t('outcome.months', { count: outcome.monthly.months })} · ${outcome.monthly.reason}`,
          ],
          [
            t('talk.teachBack'),
            <span key="teach">
              <Status tone={teachBack.done ? 'good' : 'due'}>
                {t(teachBack.done ? 'outcome.taught' : 'outcome.notTaught')}
              </Status>{' '}
              {teachBack.note}
            </span>,
          ],
        ]}
      />
    </Stack>
  )
}

function NextList({ next }: { next: OutcomeView['next'] }) {
  const t = useT('interpretation')
  return next.map(({ what, by, who }) => (
    <div key={what}>
      {what} <span className="pb-hint">{[t(`talk.who.${who}`), by].filter(Boolean).join(' · ')}</span>
    </div>
  ))
}

function OptionList({ options }: { options: OutcomeView['options'] }) {
  return options.map(({ title, pros, cons }) => (
    <div key={title}>
      {title} <span className="pb-hint">{[pros && `+ ${pros}`, cons && `− ${cons}`].filter(Boolean).join(' ')}</span>
    </div>
  ))
}
