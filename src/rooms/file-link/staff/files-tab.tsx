import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select, Upload } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  upload,
  useAction,
  useApi,
  useConfirmReach,
  useSay,
  useT,
  type Column,
  type Tone,
} from '../../../platform/web/index.ts'
import { LINK_DAYS, listFileLinks, revokeFileLink, sendFileLink, type FileLinkLine } from '../contract/file-link.ts'

/** 发送文件: what one person was sent as a link of their own, whether they opened it, and sending another. */
export function FilesTab({ patientId }: { patientId: string }) {
  const params = { patientId: patientId as never }
  const { data, error, isLoading, refetch } = useApi(listFileLinks, { params })
  return (
    <Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data?.can.send && <Send patientId={patientId} hindrance={data.hindrance} />}
      {data && <Sent links={data.links} canRevoke={data.can.send} />}
    </Stack>
  )
}

type Hindrance = OutputOf<typeof listFileLinks>['hindrance']

function Send({ patientId, hindrance }: { patientId: string; hindrance: Hindrance }) {
  const t = useT('file-link')
  const say = useSay()
  const client = useQueryClient()
  const [days, choose] = useState<number>(7)
  const [problem, fail] = useState<Error>()
  const [isSending, setSending] = useState(false)
  const send = async (file: File) => {
    fail(undefined)
    setSending(true)
    try {
      await upload(sendFileLink, file, { params: { patientId: patientId as never }, query: { days } })
      say.done(t('send.done'))
      await client.invalidateQueries({ queryKey: [listFileLinks.name] })
    } catch (error) {
      fail(error as Error)
    } finally {
      setSending(false)
    }
  }
  return (
    <Card title={t('send.title')}>
      <Stack>
        <ProblemAlert problem={problem} />
        {hindrance ? (
          <Alert type="info" showIcon title={t(`hindrance.${hindrance}`)} />
        ) : (
          <>
            <p className="pb-hint">{t('send.hint')}</p>
            <Row>
              <label>
                {t('send.days')}{' '}
                <Select<number>
                  value={days}
                  onChange={choose}
                  options={LINK_DAYS.map((value) => ({ value, label: t('send.dayCount', { count: value }) }))}
                />
              </label>
              <Upload
                accept=".pdf,.jpg,.jpeg,.png"
                showUploadList={false}
                disabled={isSending}
                beforeUpload={(file) => {
                  void send(file as unknown as File)
                  return false
                }}
              >
                <Button type="primary" loading={isSending}>
                  {t('send.choose')}
                </Button>
              </Upload>
            </Row>
          </>
        )}
      </Stack>
    </Card>
  )
}

/** States of a message that may still go out. */
const WAITING: ReadonlySet<string> = new Set(['planned', 'claimed', 'deferred'])

const TONES: Record<FileLinkLine['state'], Tone> = {
  open: 'good',
  expired: 'plain',
  locked: 'due',
  'used-up': 'due',
  revoked: 'plain',
}

function Sent({ links, canRevoke }: { links: readonly FileLinkLine[]; canRevoke: boolean }) {
  const t = useT('file-link')
  const say = useSay()
  const confirm = useConfirmReach()
  const revoke = useAction(revokeFileLink, { invalidates: [listFileLinks], onDone: () => say.done(t('revoke.done')) })
  const ask = async (link: FileLinkLine) => {
    const question = { title: t('revoke.title'), reach: [t('revoke.reach')], verb: t('revoke.do'), danger: true }
    if (await confirm(question)) revoke.mutate({ params: { fileLinkId: link.id } })
  }
  const columns: Column<FileLinkLine>[] = [
    { key: 'name', title: t('column.name'), render: ({ fileName }) => fileName },
    {
      key: 'state',
      title: t('column.state'),
      render: ({ state }) => <Status tone={TONES[state]}>{t(`state.${state}`)}</Status>,
      card: 'aside',
    },
    {
      key: 'opened',
      title: t('column.opened'),
      render: ({ openings, lastOpenedAt, mail }) =>
        lastOpenedAt ? (
          <>
            {t('opened', { count: openings })} · <InstantText at={lastOpenedAt} />
          </>
        ) : (
          t(mail === 'accepted' ? 'unopened' : WAITING.has(mail) ? 'mailWaits' : 'mailFailed')
        ),
    },
    { key: 'wrong', title: t('column.wrong'), number: true, render: ({ wrong }) => wrong },
    {
      key: 'sent',
      title: t('column.sent'),
      render: ({ sentBy, sentAt }) => (
        <>
          {sentBy} · <InstantText at={sentAt} />
        </>
      ),
    },
    { key: 'until', title: t('column.until'), render: ({ expiresAt }) => <InstantText at={expiresAt} near={false} /> },
    ...(canRevoke
      ? [
          {
            key: 'act',
            title: '',
            render: (link: FileLinkLine) =>
              link.state === 'open' && (
                <Button size="small" loading={revoke.isPending} onClick={() => void ask(link)}>
                  {t('revoke.do')}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <Card flush title={t('sent')}>
      <ProblemAlert problem={revoke.error} />
      <DataTable<FileLinkLine>
        name="file-links"
        label={t('sent')}
        rows={links}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ fileName }) => fileName}
        empty={<Empty title={t('none')} hint={t('noneHint')} />}
      />
    </Card>
  )
}
