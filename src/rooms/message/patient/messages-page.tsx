import { useState } from 'react'
import { call, Go, Loaded, Nothing, OwnPage, Rows, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { listMyMessages } from '../contract/own.ts'
import { familyOf } from '../contract/words.ts'
import { useDay } from './use-day.ts'

type Page = OutputOf<typeof listMyMessages>

/** 我收到的消息: all that the person was sent, and the way to what they want to be sent. */
export function MessagesPage() {
  const t = useT('message')
  const first = useOwn(listMyMessages, {})
  return (
    <OwnPage title={t('my.messages.title')}>
      <Loaded of={first}>
        {(page) => (page.rows.length === 0 ? <Nothing>{t('my.messages.none')}</Nothing> : <Messages first={page} />)}
      </Loaded>
      <Go to="/my/message-wishes" className="pp-more">
        {t('my.messages.wishes')}
        <span aria-hidden="true">›</span>
      </Go>
    </OwnPage>
  )
}

function Messages({ first }: { first: Page }) {
  const t = useT('message')
  const day = useDay()
  const [page, setPage] = useState(first)
  const [problem, setProblem] = useState('')
  const older = async () => {
    try {
      const next = await call(listMyMessages, { query: { cursor: page.next! } })
      setPage({ ...next, rows: [...page.rows, ...next.rows] })
      setProblem('')
    } catch (error) {
      setProblem((error as { title: string }).title)
    }
  }
  return (
    <>
      <Rows
        label={t('my.messages.title')}
        rows={page.rows.map(({ id, subject, at, channel, isNew }) => ({
          key: id,
          to: `/my/message/${id}`,
          title: subject,
          hint: `${day(at)} · ${t(`my.messages.way.${familyOf(channel)}`)}`,
          end: isNew ? t('my.messages.new') : undefined,
        }))}
      />
      {page.next && (
        <button type="button" className="pp-button pp-wide" data-kind="second" onClick={() => void older()}>
          {t('my.messages.older')}
        </button>
      )}
      {problem && (
        <p className="pp-fault" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
