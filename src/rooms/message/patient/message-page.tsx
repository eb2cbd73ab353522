import { useEffect } from 'react'
import { call, Explained, Loaded, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { noteMyReading, readMyMessage } from '../contract/own.ts'
import { familyOf } from '../contract/words.ts'
import { useDay } from './use-day.ts'

/** One message as it was sent. */
export function MessagePage({ parameter: messageId }: { parameter: string }) {
  const t = useT('message')
  const day = useDay()
  const message = useOwn(readMyMessage, { params: { messageId: messageId as never } })
  const isNew = message.data?.isNew ?? false
  useEffect(() => {
    // Whether this arrives is of no weight: it is new once more next time.
    if (isNew) void call(noteMyReading, { params: { messageId: messageId as never } }).catch(() => undefined)
  }, [isNew, messageId])
  return (
    <OwnPage
      title={message.data?.subject ?? t('my.messages.title')}
      back="/my/messages"
      backText={t('my.messages.back')}
    >
      <Loaded of={message}>
        {({ text, at, channel }) => (
          <section className="pp-card">
            <p className="pp-hint">
              {day(at)} · {t(`my.messages.way.${familyOf(channel)}`)}
            </p>
            {text.split(/\n{2,}/).map((paragraph, index) => (
              <p key={index} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                <Explained text={paragraph} />
              </p>
            ))}
          </section>
        )}
      </Loaded>
    </OwnPage>
  )
}
