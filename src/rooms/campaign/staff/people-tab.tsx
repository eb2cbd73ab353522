import { CloseOutlined } from '@ant-design/icons'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useAddress,
  useApiPages,
  useT,
  type Column,
  useShipped,
} from '../../../platform/web/index.ts'
import type { CampaignVersion } from '../contract/campaign.ts'
import { stepsOf } from '../contract/definition.ts'
import { SeenBlocks } from '../../message/staff/blocks/seen-blocks.tsx'
import { listPeople, peopleFilter, previewAsPerson, type PersonLine } from '../contract/outcome.ts'
import { RUN_STATES } from '../contract/words.ts'
import { messageLineWords, peopleLineWords, useLang } from './words.ts'

const NOTHING_ASKED = {
  state: undefined,
  reason: undefined,
  channel: undefined,
  message: undefined,
  messageReason: undefined,
}

/** What became of the people one looks after, and what each of them would get. */
export function PeopleTab({ campaignId, version }: { campaignId: string; version: CampaignVersion }) {
  const t = useT('campaign')
  const m = useT('message')
  const [filter, change] = useAddress(peopleFilter)
  const [previewed, preview] = useState<PersonLine>()
  const about = filter.message ?? filter.channel
  const asked = about ? messageLineWords(m, filter) : filter.reason ? peopleLineWords(t, filter) : ''
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  const pages = useApiPages(listPeople, { params: { campaignId: campaignId as never }, query })
  const shipped = useShipped()
  const columns: Column<PersonLine>[] = [
    { key: 'name', title: t('people.name'), render: (line) => line.patientName },
    {
      key: 'state',
      title: t('list.state'),
      card: 'aside',
      render: (line) => (
        <Status tone={line.state === 'held' ? 'due' : line.state === 'waiting' ? 'good' : 'plain'}>
          {peopleLineWords(t, { state: line.state, reason: line.reason ?? undefined })}
        </Status>
      ),
    },
    { key: 'next', title: t('people.next'), render: (line) => <InstantText at={line.wakeAt} /> },
    { key: 'arm', title: t('people.arm'), render: (line) => shipped(line.arm ?? ''), optional: true },
    {
      key: 'messages',
      title: t('people.messages'),
      render: (line) =>
        line.messages
          .map((one) =>
            messageLineWords(m, {
              channel: one.channel,
              message: one.state,
              messageReason: one.reason ?? undefined,
            }),
          )
          .join('；'),
    },
    {
      key: 'preview',
      title: '',
      render: (line) => (
        <Button size="small" onClick={() => preview(line)}>
          {t('people.preview')}
        </Button>
      ),
    },
  ]
  return (
    <Stack>
      <Row>
        <Select
          aria-label={t('list.state')}
          allowClear
          placeholder={t('people.all')}
          style={{ minWidth: 180 }}
          value={filter.state ?? null}
          onChange={(value) => change({ ...NOTHING_ASKED, state: value ?? undefined })}
          options={RUN_STATES.map((value) => ({ value, label: t(`runState.${value}`) }))}
        />
        {asked && (
          <Tag
            closable
            closeIcon={<CloseOutlined aria-label={t('people.showAll')} />}
            onClose={() => change(NOTHING_ASKED)}
          >
            {t('people.only', { what: asked })}
          </Tag>
        )}
      </Row>
      <ProblemAlert problem={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isLoading ? (
        <Loading />
      ) : (
        <Card flush>
          <DataTable<PersonLine>
            name="campaign-people"
            label={t('tab.people')}
            rows={pages}
            columns={columns}
            rowKey={(line) => `${line.patientId} ${line.occurrence}`}
            rowName={(line) => line.patientName}
            to={(line) => `/patients/${line.patientId}?tab=message`}
            empty={<Empty title={t(asked ? 'people.noneOfThese' : 'people.none')} />}
          />
        </Card>
      )}
      <SideDrawer
        title={t('people.previewOf', { name: previewed?.patientName ?? '' })}
        open={previewed !== undefined}
        onClose={() => preview(undefined)}
      >
        {previewed && (
          <Preview key={previewed.patientId} campaignId={campaignId} person={previewed} version={version} />
        )}
      </SideDrawer>
    </Stack>
  )
}

/** What somebody would get at a step now, and whether the gate would let it go. */
function Preview({
  campaignId,
  person,
  version,
}: {
  campaignId: string
  person: PersonLine
  version: CampaignVersion
}) {
  const t = useT('campaign')
  const m = useT('message')
  const lang = useLang()
  const show = useAction(previewAsPerson)
  const sends = stepsOf(version.definition.path).flatMap((step) => (step.kind === 'send' ? [step] : []))
  return (
    <Stack>
      <Row>
        {sends.map((step) => (
          <Button
            key={step.id}
            loading={show.isPending}
            onClick={() =>
              show.mutate({
                params: { campaignId: campaignId as never },
                body: { patientId: person.patientId, step: step.id },
              })
            }
          >
            {version.names[step.template]?.[lang] ?? step.template}
          </Button>
        ))}
      </Row>
      <ProblemAlert problem={show.error} />
      {show.data && (
        <Card title={show.data.subject}>
          <Stack tight>
            <Status tone={show.data.verdict === 'send' ? 'good' : 'due'}>
              {t(`preview.${show.data.verdict}`)}
              {show.data.reason ? ` · ${m(`reason.${show.data.reason}`)}` : ''}
            </Status>
            {!show.data.inAudience && <Status tone="due">{t('preview.outside')}</Status>}
            <SeenBlocks blocks={show.data.blocks} />
            <p style={{ whiteSpace: 'pre-wrap' }}>{show.data.text}</p>
          </Stack>
        </Card>
      )}
    </Stack>
  )
}
