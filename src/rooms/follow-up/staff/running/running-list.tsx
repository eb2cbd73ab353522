import { Button, Checkbox, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { Card, DateText, Empty, Go, Row, Status, useT } from '../../../../platform/web/index.ts'
import { SWITCH_HOWS, type ImpactLine, type SwitchHow } from '../../contract/impact.ts'
import { useSaid } from '../words.ts'
import { GROUPS, howOf, inGroup, type Deciding, type Group } from './choices.ts'

const PAGE = 20

/** Every running plan with what changes of it; many are chosen together, one is excepted by itself. */
export function RunningList({
  lines,
  deciding,
  readOnly,
  left,
  onChoose,
}: {
  lines: readonly ImpactLine[]
  deciding: Deciding
  readOnly: boolean
  /** Plans that have gone on meanwhile and were left as they are. */
  left: ReadonlySet<string>
  onChoose: (runIds: readonly string[], how: SwitchHow) => void
}) {
  const t = useT('follow-up')
  const { choices } = deciding
  const [group, setGroup] = useState<Group>('all')
  const [text, setText] = useState('')
  const [page, setPage] = useState(1)
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(
    () =>
      lines.filter(
        (line) => inGroup(line, group, choices) && (text === '' || (line.patient?.name ?? '').includes(text.trim())),
      ),
    [lines, group, choices, text],
  )
  const rows = shown.slice((page - 1) * PAGE, page * PAGE)
  const allPicked = rows.length > 0 && rows.every(({ runId }) => picked.has(runId))
  const toggle = (runIds: readonly string[], on: boolean) =>
    pick((before) => {
      const next = new Set(before)
      for (const runId of runIds)
        if (on) next.add(runId)
        else next.delete(runId)
      return next
    })
  const options = SWITCH_HOWS.map((value) => ({ value, label: t(`running.${value}`) }))
  return (
    <Card title={t('runningPage.list')}>
      <Row>
        <Select
          aria-label={t('runningPage.group')}
          value={group}
          options={GROUPS.map((value) => ({
            value,
            label: t('runningPage.groupCount', {
              name: t(`runningPage.groups.${value}`),
              count: lines.filter((line) => inGroup(line, value, choices)).length,
            }),
          }))}
          onChange={(value) => {
            setGroup(value)
            setPage(1)
          }}
          style={{ minInlineSize: 200 }}
        />
        <Input
          aria-label={t('runningPage.search')}
          placeholder={t('runningPage.search')}
          allowClear
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setPage(1)
          }}
          style={{ inlineSize: 200 }}
        />
        <span role="status" className="pb-hint">
          {t('runningPage.shown', { count: shown.length })}
        </span>
      </Row>
      {!readOnly && (
        <div className="pb-path-bulk">
          <Row>
            <Checkbox
              checked={allPicked}
              indeterminate={!allPicked && rows.some(({ runId }) => picked.has(runId))}
              onChange={({ target }) =>
                toggle(
                  rows.map(({ runId }) => runId),
                  target.checked,
                )
              }
            >
              {t('runningPage.page')}
            </Checkbox>
            <Button
              size="small"
              onClick={() =>
                toggle(
                  shown.map(({ runId }) => runId),
                  true,
                )
              }
            >
              {t('runningPage.pickAll', { count: shown.length })}
            </Button>
            {picked.size > 0 && (
              <>
                <strong>{t('runningPage.picked', { count: picked.size })}</strong>
                <Select
                  aria-label={t('runningPage.setPicked')}
                  placeholder={t('runningPage.setPicked')}
                  value={null}
                  options={options}
                  onChange={(how: SwitchHow | null) => {
                    if (!how) return
                    onChoose([...picked], how)
                    pick(new Set())
                  }}
                  style={{ minInlineSize: 180 }}
                />
                <Button size="small" type="text" onClick={() => pick(new Set())}>
                  {t('runningPage.clear')}
                </Button>
              </>
            )}
          </Row>
        </div>
      )}
      {rows.length === 0 ? (
        <Empty title={t('runningPage.noneHere')} />
      ) : (
        <table className="pb-path-running">
          <thead>
            <tr>
              {['who', 'now', 'then', 'how'].map((key) => (
                <th key={key} scope="col">
                  {t(`runningPage.column.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((line) => (
              <Line
                key={line.runId}
                line={line}
                how={howOf(line, deciding)}
                isException={choices.has(line.runId)}
                isLeft={left.has(line.runId)}
                picked={picked.has(line.runId)}
                readOnly={readOnly}
                onPick={(on) => toggle([line.runId], on)}
                onHow={(how) => onChoose([line.runId], how)}
              />
            ))}
          </tbody>
        </table>
      )}
      {shown.length > PAGE && (
        <nav aria-label={t('runningPage.pages')} className="pb-path-pages">
          <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('runningPage.back')}
          </Button>
          <span>{t('runningPage.pageOf', { page, count: Math.ceil(shown.length / PAGE) })}</span>
          <Button size="small" disabled={page * PAGE >= shown.length} onClick={() => setPage(page + 1)}>
            {t('runningPage.forth')}
          </Button>
        </nav>
      )}
    </Card>
  )
}

interface LineProps {
  line: ImpactLine
  how: SwitchHow
  isException: boolean
  isLeft: boolean
  picked: boolean
  readOnly: boolean
  onPick: (on: boolean) => void
  onHow: (how: SwitchHow) => void
}

function Line({ line, how, isException, isLeft, picked, readOnly, onPick, onHow }: LineProps) {
  const t = useT('follow-up')
  const { patient } = line
  const name = patient?.name ?? t('runningPage.notYours')
  const then = how === 'leave' ? line.before : line.after[how]
  return (
    <tr>
      <td>
        <Row>
          {!readOnly && (
            <Checkbox
              aria-label={t('runningPage.pick', { name })}
              checked={picked}
              onChange={({ target }) => onPick(target.checked)}
            />
          )}
          <span>
            {patient ? <Go to={`/patients/${patient.id as string}?tab=follow-up`}>{patient.name}</Go> : name}
            <small className="pb-hint">
              {' '}
              {t('plan.version', { version: line.version })} · {t('plan.since')} <DateText date={line.startedOn} />
            </small>
          </span>
        </Row>
        {isLeft && <Status tone="due">{t('runningPage.movedOn')}</Status>}
      </td>
      <td>
        <NextList list={line.before} />
      </td>
      <td>
        {how === 'leave' && <span className="pb-hint">{t('runningPage.same')}</span>}
        {how === 'next-step' && <span className="pb-hint">{t('runningPage.afterThis')}</span>}
        {how === 'next-step' && <NextList list={then} />}
        {how === 're-plan' && <NextList list={then} before={line.before} />}
      </td>
      <td>
        <Select
          aria-label={t('runningPage.howOf', { name })}
          size="small"
          disabled={readOnly}
          value={how}
          options={SWITCH_HOWS.map((value) => ({ value, label: t(`running.${value}`) }))}
          onChange={onHow}
          style={{ minInlineSize: 170 }}
        />
        {isException && <small className="pb-hint"> {t('runningPage.exception')}</small>}
        {line.switchTo !== null && (
          <small className="pb-hint"> {t('runningPage.waits', { version: line.switchTo })}</small>
        )}
      </td>
    </tr>
  )
}

function NextList({ list, before }: { list: ImpactLine['before']; before?: ImpactLine['before'] }) {
  const t = useT('follow-up')
  const said = useSaid()
  if (list.length === 0) return <span className="pb-hint">{t('runningPage.nothing')}</span>
  return (
    <>
      {list.map((one) => {
        const was = before?.find(({ track }) => track === one.track)
        return (
          <div key={one.track}>
            {said(one.name)} <DateText date={one.dueOn} /> {one.due && <Status tone="due">{t('state.due')}</Status>}
            {before && was?.dueOn !== one.dueOn && <span className="pb-due">{t('runningPage.moved')}</span>}
          </div>
        )
      })}
    </>
  )
}
