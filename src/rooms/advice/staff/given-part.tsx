import { Button, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  DraftForm,
  Empty,
  Facts,
  InstantText,
  Row,
  Stack,
  Status,
  useAction,
  useSay,
  useT,
  Field,
  useShipped,
} from '../../../platform/web/index.ts'
import { listGiven, listProposals, takeBackAdvice, takeBackMindAdvice } from '../contract/advice.ts'
import type { GivenAdvice } from '../contract/words.ts'
import { useReasonWords } from './words.ts'

interface GivenPartProps {
  patientId: string
  given: OutputOf<typeof listGiven>
}

/** 给过的建议: what the person has in hand, and what was taken back. */
export function GivenPart({ patientId, given: { rows, hidden, can } }: GivenPartProps) {
  const t = useT('advice')
  return (
    <Card title={t('given.title')}>
      <Stack>
        {hidden > 0 && <p className="pb-hint">{t('given.hidden', { count: hidden })}</p>}
        {rows.length === 0 && <Empty title={t('given.empty')} />}
        {rows.map((row) => (
          <GivenRow
            key={row.id}
            patientId={patientId}
            row={row}
            canTakeBack={row.kind === 'mind' ? can.giveMind : can.give}
          />
        ))}
      </Stack>
    </Card>
  )
}

function GivenRow({ patientId, row, canTakeBack }: { patientId: string; row: GivenAdvice; canTakeBack: boolean }) {
  const t = useT('advice')
  const [taking, setTaking] = useState(false)
  const { text, takenBack } = row
  return (
    <section
      aria-label={text.title}
      className={takenBack ? 'pb-unprinted' : undefined}
      style={{ breakInside: 'avoid' }}
    >
      <Stack tight>
        <Row>
          <strong>{text.title}</strong>
          <span className="pb-hint">
            {t(`kind.${row.kind}`)} · {t('given.by', { by: row.givenBy })} <InstantText at={row.givenAt} />
          </span>
          {row.edited && <Status>{t('given.edited')}</Status>}
          {takenBack && (
            <Status tone="due">{t('given.takenBack', { by: takenBack.by, because: takenBack.because })}</Status>
          )}
        </Row>
        {text.summary && <span>{text.summary}</span>}
        {!takenBack && <Words row={row} />}
        {canTakeBack && !takenBack && !taking && (
          <div className="pb-unprinted">
            <Button size="small" onClick={() => setTaking(true)}>
              {t('given.takeBack')}
              <span className="pb-sr">{text.title}</span>
            </Button>
          </div>
        )}
        {taking && !takenBack && <TakeBack patientId={patientId} row={row} onDone={() => setTaking(false)} />}
      </Stack>
    </section>
  )
}

function Words({ row }: { row: GivenAdvice }) {
  const t = useT('advice')
  const shipped = useShipped()
  const reasonWords = useReasonWords()
  const { text, reasons, because, despite, source, cardCode, cardVersion } = row
  return (
    <>
      <ul style={{ margin: 0, paddingInlineStart: 18, listStyle: 'disc' }}>
        {text.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
        {text.avoid.map((point) => (
          <li key={point}>
            {t('text.mind')}
            {point}
          </li>
        ))}
      </ul>
      <details className="pb-unprinted">
        <summary>{t('given.why')}</summary>
        <Facts
          items={[
            [t('give.reasons'), reasons.map(reasonWords).join(t('list.separator'))],
            [t('give.becauseShort'), because],
            [t('give.despiteShort'), despite],
            [t('card.source'), shipped(source)],
            [t('card.version'), cardCode && t('card.versionOf', { code: cardCode, version: cardVersion ?? 0 })],
          ]}
        />
      </details>
    </>
  )
}

function TakeBack({ patientId, row, onDone }: { patientId: string; row: GivenAdvice; onDone: () => void }) {
  const t = useT('advice')
  const say = useSay()
  const endpoint = row.kind === 'mind' ? takeBackMindAdvice : takeBackAdvice
  const back = useAction(endpoint, { invalidates: [listGiven, listProposals] })
  return (
    <DraftForm<{ because: string }>
      name={`advice-back-${row.id}`}
      schema={endpoint.body}
      submit={t('given.takeBackNow')}
      onCancel={onDone}
      onSubmit={async ({ because }) => {
        await back.mutateAsync({ params: { patientId: patientId as never, givenId: row.id }, body: { because } })
        onDone()
        say.done(t('given.takenBackDone'))
      }}
    >
      <Field name="because" label={t('given.because')} required>
        <Input maxLength={300} />
      </Field>
    </DraftForm>
  )
}
