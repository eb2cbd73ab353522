import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber } from 'antd'
import { useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { CONTACTS, type ContactRule } from '../../contract/pathway.ts'
import type { Classing, ProtocolDefinition } from '../../contract/protocol.ts'
import { SIGNS, useSaid } from '../words.ts'
import { useDesign } from './context.ts'
import { PickInput } from './words-input.tsx'

/** How much of a person's time it may take, and between which hours they are called or written to. */
export function Contacts() {
  const t = useT('follow-up')
  const { definition, edit } = useDesign()
  const rule = definition.contacts ?? {}
  const give = (changed: ContactRule) =>
    edit(
      (before) => ({ ...before, contacts: { ...before.contacts, ...changed } }),
      `contacts ${Object.keys(changed).join()}`,
    )
  return (
    <div className="pb-path-pair">
      <Labelled label={t('design.about.perWeek')}>
        <InputNumber
          min={1}
          max={21}
          precision={0}
          value={rule.perWeek ?? CONTACTS.perWeek}
          onChange={(perWeek) => perWeek !== null && give({ perWeek })}
        />
      </Labelled>
      <Labelled label={t('design.about.gap')}>
        <InputNumber
          min={7}
          max={732}
          precision={0}
          value={rule.gapDays ?? CONTACTS.gapDays}
          onChange={(gapDays) => gapDays !== null && give({ gapDays })}
        />
      </Labelled>
      {(['from', 'until'] as const).map((end) => (
        <Labelled key={end} label={t(`design.about.hours.${end}`)}>
          <Input
            type="time"
            required
            value={rule[end] ?? CONTACTS[end]}
            // An emptied field is no hour: the one before stays until another is written.
            onChange={({ target }) => target.value !== '' && give({ [end]: target.value })}
          />
        </Labelled>
      ))}
    </div>
  )
}

const WAYS = ['face-to-face', 'phone', 'any'] as const
type Quota = ProtocolDefinition['quotas'][number]

/** So many visits of a kind a year, counted along one line of steps. */
export function Quotas() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, edit, readOnly } = useDesign()
  const { quotas, steps } = definition
  const give = (next: Quota[], key?: string) => edit((before) => ({ ...before, quotas: next }), key)
  const tracks = [...new Set(steps.map(({ track }) => track))]
  // A line is called by what it begins with: its code is nobody's word.
  const nameOf = (track: string) => said(steps.find((step) => step.track === track)?.name ?? definition.name) || track
  return (
    <section className="pb-path-item" aria-label={t('field.quotas')}>
      <h3 className="pb-path-h3">{t('field.quotas')}</h3>
      <p className="pb-hint">{t('design.about.quotaHint')}</p>
      {quotas.map((quota, index) => (
        <div key={index} className="pb-path-removable">
          <div className="pb-path-pair">
            <PickInput
              label={t('design.about.quotaLine', { index: index + 1 })}
              value={quota.track}
              options={tracks.map((value) => ({ value, label: nameOf(value) }))}
              onChange={(track) => give(quotas.with(index, { ...quota, track }))}
            />
            <PickInput
              label={t('design.about.quotaWay', { index: index + 1 })}
              value={quota.way}
              options={WAYS.map((value) => ({ value, label: t(`stepWay.${value}`) }))}
              onChange={(way) => give(quotas.with(index, { ...quota, way }))}
            />
            <Labelled label={t('design.about.quotaTimes', { index: index + 1 })}>
              <InputNumber
                min={1}
                max={60}
                precision={0}
                value={quota.perYear}
                onChange={(perYear) =>
                  perYear !== null && give(quotas.with(index, { ...quota, perYear }), `quota ${index}`)
                }
              />
            </Labelled>
          </div>
          {!readOnly && (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('design.about.dropQuota', { index: index + 1 })}
              onClick={() => give(quotas.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {!readOnly && quotas.length < 6 && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => give([...quotas, { way: 'any', perYear: 4, track: tracks[0]! }])}
        >
          {t('design.about.addQuota')}
        </Button>
      )}
    </section>
  )
}

type Control = Extract<Classing, { kind: 'control' }>

/** Limits by which visits are classed, and beyond which one is an emergency, where there are any. */
export function Limits() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, edit, content } = useDesign()
  const { classing } = definition
  if (classing?.kind !== 'control') return null
  const give = (changed: Partial<Control>, key: string) =>
    edit((before) => ({ ...before, classing: { ...classing, ...changed } }), key)
  const questions = new Map(
    content.forms
      .filter(({ code }) => definition.steps.some(({ form }) => form === code))
      .flatMap(({ items }) => items.map((item) => [item.linkId, item] as const)),
  )
  const nameOf = (item: string) => {
    const known = questions.get(item)
    return known ? `${said(known.text)}${known.unit ? ` (${known.unit})` : ''}` : item
  }
  return (
    <section className="pb-path-item" aria-label={t('protocol.classing')}>
      <h3 className="pb-path-h3">{t('protocol.classing')}</h3>
      <div className="pb-path-pair">
        {classing.targets.map((one, index) => (
          <Limit
            key={`${one.item} ${one.fromAge}`}
            label={`${t(`item.${one.item}`)} ${SIGNS[one.op]}${one.fromAge > 0 ? t('protocol.fromAge', { count: one.fromAge }) : ''}`}
            value={one.value}
            onChange={(value) => give({ targets: classing.targets.with(index, { ...one, value }) }, `target ${index}`)}
          />
        ))}
      </div>
      {classing.emergency.length > 0 && (
        <>
          <h3 className="pb-path-h3">{t('design.about.emergency')}</h3>
          <div className="pb-path-pair">
            {classing.emergency.map((one, index) => (
              <Limit
                key={`${one.item} ${one.op}`}
                label={`${nameOf(one.item)} ${SIGNS[one.op]}`}
                value={one.value}
                onChange={(value) =>
                  give({ emergency: classing.emergency.with(index, { ...one, value }) }, `emergency ${index}`)
                }
              />
            ))}
          </div>
        </>
      )}
      <Labelled label={t('design.about.classingSource')}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          value={classing.source}
          onChange={({ target }) => give({ source: target.value }, 'classing source')}
        />
      </Labelled>
    </section>
  )
}

function Limit({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <Labelled label={label}>
      <InputNumber value={value} onChange={(next) => next !== null && onChange(next)} />
    </Labelled>
  )
}
