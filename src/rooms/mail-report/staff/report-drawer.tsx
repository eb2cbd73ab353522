import { useQueryClient } from '@tanstack/react-query'
import { Button, Radio, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Empty,
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  call,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  listMailReports,
  mailReportFigures,
  openMailReport,
  setMailReportAside,
  tieMailReport,
} from '../contract/mail-report.ts'
import { MEANINGS, type Meaning } from '../contract/words.ts'
import { nameOf } from './report-name.ts'

type Opened = OutputOf<typeof openMailReport>

const INVALIDATES = [listMailReports, mailReportFigures, openMailReport]

/** One report: what it says, which mail it may speak of, and what somebody decides. */
export function ReportDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('mail-report')
  const { data, error, isLoading, refetch } = useApi(openMailReport, { params: { mailReportId: id as never } })
  return (
    <SideDrawer title={data ? nameOf(t, data.line) : t('nav.mailReports')} open onClose={onClose}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data && (
        <Stack>
          <About opened={data} />
          {(data.line.state === 'open' || data.line.state === 'aside') && <Decide opened={data} onDone={onClose} />}
        </Stack>
      )}
    </SideDrawer>
  )
}

function About({ opened: { line, text } }: { opened: Opened }) {
  const t = useT('mail-report')
  return (
    <>
      <Facts
        items={[
          [t('column.why'), line.why ? t(`why.${line.why}`) : null],
          [t('column.to'), line.mail?.toMasked ?? line.toMasked],
          [t('column.mail'), line.mail?.templateName ?? null],
          [t('field.sentAt'), line.mail?.sentAt ? <InstantText key="sent" at={line.mail.sentAt} /> : null],
          [t('column.words'), line.words],
          [t('column.at'), <InstantText key="at" at={line.receivedAt} />],
          [t('field.way'), t(`way.${line.way}`)],
          [
            t('field.decided'),
            line.decided && (
              <>
                {line.decided.by} · <InstantText at={line.decided.at} />
              </>
            ),
          ],
        ]}
      />
      {text && (
        <section aria-label={t('field.text')}>
          <h3>{t('field.text')}</h3>
          <pre
            tabIndex={0}
            style={{
              font: 'inherit',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
              maxHeight: 260,
              overflow: 'auto',
            }}
          >
            {text}
          </pre>
        </section>
      )}
    </>
  )
}

function Decide({ opened: { line, candidates }, onDone }: { opened: Opened; onDone: () => void }) {
  const t = useT('mail-report')
  const say = useSay()
  const client = useQueryClient()
  const [messageId, choose] = useState<string | undefined>(candidates.length === 1 ? candidates[0]!.id : undefined)
  const [meaning, mean] = useState<Meaning | undefined>(line.meaning ?? undefined)
  const params = { mailReportId: line.id }
  const tie = useAction(tieMailReport, {
    invalidates: INVALIDATES,
    onDone: () => {
      say.done(t('decide.tied'))
      onDone()
    },
  })
  const aside = useAction(setMailReportAside, { invalidates: INVALIDATES })
  // The drawer is closed by then: taking it back is a call of its own.
  const takeBack = async () => {
    await call(setMailReportAside, { params, body: { aside: false } })
    await Promise.all(INVALIDATES.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const putAside = () =>
    aside.mutate(
      { params, body: { aside: true } },
      {
        onSuccess: () => {
          say.undoable({ text: t('decide.asideDone'), undo: takeBack })
          onDone()
        },
      },
    )
  return (
    <Stack>
      <ProblemAlert problem={tie.error ?? aside.error} />
      <h3>{t('decide.which')}</h3>
      {candidates.length === 0 ? (
        <Empty title={t('decide.none')} hint={t('decide.noneHint')} />
      ) : (
        <Radio.Group
          value={messageId}
          onChange={({ target }) => choose(target.value as string)}
          style={{ display: 'grid', gap: 8 }}
          options={candidates.map((mail) => ({
            value: mail.id as string,
            label: (
              <>
                {mail.templateName} · {mail.toMasked} {mail.sentAt && <InstantText at={mail.sentAt} />}
              </>
            ),
          }))}
        />
      )}
      {candidates.length > 0 && (
        <label style={{ display: 'grid', gap: 4 }}>
          {t('decide.meaning')}
          <Select<Meaning>
            value={meaning}
            onChange={mean}
            placeholder={t('decide.meaningHint')}
            options={MEANINGS.map((value) => ({ value, label: t(`meaning.${value}`) }))}
          />
        </label>
      )}
      {meaning && <p className="pb-hint">{t(`effect.${meaning}`)}</p>}
      <Row>
        {candidates.length > 0 && (
          <Button
            type="primary"
            disabled={!messageId || !meaning}
            loading={tie.isPending}
            onClick={() => tie.mutate({ params, body: { messageId: messageId as never, meaning: meaning! } })}
          >
            {t('decide.tie')}
          </Button>
        )}
        {line.state === 'open' ? (
          <Button loading={aside.isPending} onClick={putAside}>
            {t('decide.aside')}
          </Button>
        ) : (
          <Button
            loading={aside.isPending}
            onClick={() => aside.mutate({ params, body: { aside: false } }, { onSuccess: onDone })}
          >
            {t('decide.back')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
