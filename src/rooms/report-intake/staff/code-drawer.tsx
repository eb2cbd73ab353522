import { Alert, Button, Checkbox, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import {
  Facts,
  JobProgress,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  getCode,
  ignoreCode,
  listCodes,
  listIndicators,
  mapCode,
  reopenCode,
  type LaboratoryCode,
} from '../contract/codes.ts'
import { intakeOverview } from '../contract/overview.ts'
import { QueueDrawer } from './queue.tsx'

interface DrawerProps {
  codeId: string | undefined
  onClose: () => void
  onNext: () => void
}

/** One item: which indicator it is, and how far past results have followed. */
export function CodeDrawer({ codeId, onClose, onNext }: DrawerProps) {
  const t = useT('report-intake')
  const answer = useApi(
    getCode,
    { params: { codeId: (codeId ?? '') as never } },
    { enabled: codeId !== undefined, everyMs: 3000, keep: false },
  )
  return (
    <QueueDrawer
      title={answer.data?.name ?? t('nav.codes')}
      open={codeId !== undefined}
      onClose={onClose}
      widthPx={640}
      answer={answer}
    >
      {(data) => <Code key={codeId} code={data} onNext={onNext} />}
    </QueueDrawer>
  )
}

function Code({ code, onNext }: { code: LaboratoryCode; onNext: () => void }) {
  const t = useT('report-intake')
  return (
    <Stack>
      <Facts
        items={[
          [t('code.name'), code.name],
          [t('code.code'), code.code],
          [t('code.unit'), code.unit || t('code.noUnit')],
          [t('code.examples'), code.examples.join('、')],
          [t('overview.source'), code.system],
          [t('code.reach'), t('code.reachOf', { count: code.reach })],
        ]}
      />
      {code.state === 'open' ? <MapForm code={code} onNext={onNext} /> : <Settled code={code} />}
      {code.rewrite.state !== 'none' && (
        <JobProgress
          title={t('code.rewriting')}
          state={code.rewrite.state === 'done' ? 'completed' : 'running'}
          done={code.rewrite.done}
          total={code.rewrite.total}
        />
      )}
    </Stack>
  )
}

const ACTS = { invalidates: [listCodes, getCode, intakeOverview] }

function MapForm({ code, onNext }: { code: LaboratoryCode; onNext: () => void }) {
  const t = useT('report-intake')
  const say = useSay()
  const [target, setTarget] = useState<string | undefined>(code.proposed?.code)
  const [asUnit, setAsUnit] = useState('')
  const [everywhere, setEverywhere] = useState(false)
  const indicators = useApi(listIndicators, {})
  const options = useMemo(
    () =>
      (indicators.data?.rows ?? []).map((one) => ({
        value: one.code,
        label: [one.name, one.abbr, one.unit].filter(Boolean).join(' · '),
        words: [one.name, one.abbr, one.panel, ...one.words].join(' ').toLowerCase(),
      })),
    [indicators.data],
  )
  const params = { codeId: code.id }
  const map = useAction(mapCode, {
    ...ACTS,
    onDone: () => {
      say.done(t('code.mapped', { count: code.reach }))
      onNext()
    },
  })
  const ignore = useAction(ignoreCode, {
    ...ACTS,
    onDone: () => {
      say.done(t('code.ignored'))
      onNext()
    },
  })
  const chosen = indicators.data?.rows.find((one) => one.code === target)
  return (
    <Stack>
      <ProblemAlert problem={map.error ?? ignore.error ?? indicators.error} />
      <p className="pb-hint">{t(`code.problemHint.${code.problem}`)}</p>
      <Select
        showSearch={{ filterOption: (text, option) => (option?.words ?? '').includes(text.toLowerCase()) }}
        aria-label={t('code.target')}
        placeholder={t('code.target')}
        style={{ width: '100%' }}
        value={target ?? null}
        onChange={(value: string | null) => setTarget(value ?? undefined)}
        options={options}
      />
      {chosen?.kind === 'number' && (
        <Input
          aria-label={t('code.asUnit')}
          placeholder={t('code.asUnit')}
          addonBefore={t('code.asUnit')}
          maxLength={60}
          value={asUnit}
          onChange={({ target: input }) => setAsUnit(input.value)}
        />
      )}
      <Checkbox checked={everywhere} onChange={({ target: box }) => setEverywhere(box.checked)}>
        {t('code.everywhere')}
      </Checkbox>
      <Row>
        <Button
          type="primary"
          disabled={!target}
          loading={map.isPending}
          onClick={() =>
            map.mutate({
              params,
              body: { version: code.version, target: target ?? '', everywhere, ...(asUnit ? { asUnit } : {}) },
            })
          }
        >
          {t('code.map', { count: code.reach })}
        </Button>
        <Button
          loading={ignore.isPending}
          onClick={() => ignore.mutate({ params, body: { version: code.version, everywhere } })}
        >
          {t('code.ignore')}
        </Button>
      </Row>
    </Stack>
  )
}

function Settled({ code }: { code: LaboratoryCode }) {
  const t = useT('report-intake')
  const reopen = useAction(reopenCode, ACTS)
  return (
    <>
      <ProblemAlert problem={reopen.error} />
      <Alert
        type="info"
        title={`${t(`code.state.${code.state}`)}${code.target ? ` → ${code.target.name}` : ''} · ${code.settledBy ?? ''}`}
        action={
          <Button
            size="small"
            loading={reopen.isPending}
            disabled={code.rewrite.state === 'running'}
            onClick={() => reopen.mutate({ params: { codeId: code.id }, body: { version: code.version } })}
          >
            {t('code.reopen', { count: code.reach })}
          </Button>
        }
      />
    </>
  )
}
