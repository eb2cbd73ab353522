import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { Select } from 'antd'
import { Row, useT } from '../../../../platform/web/index.ts'
import type { Placed } from '../../contract/axis.ts'
import { useSaid } from '../words.ts'
import { AddStep } from './add-step.tsx'
import { ticksOf, rowsOf } from './axis-layout.ts'
import { useDesign } from './context.ts'
import { moveStep } from './edits.ts'

const ZOOMS = [30, 90, 180, 366, 732] as const

/** The pathway over its days: one line for each track, a bar for each window, repeats as marks. Drag, or press arrows. */
export function TimeAxis() {
  const t = useT('follow-up')
  const { definition, axis, readOnly } = useDesign()
  const [chosen, setZoom] = useState<number>()
  const zoom = chosen ?? ZOOMS.find((days) => days >= axis.days) ?? 732
  const [told, tell] = useState('')
  const whole = Math.max(axis.days, zoom)
  return (
    <div className="pb-path-axis">
      <Row>
        <span className="pb-hint">{t(readOnly ? 'design.axis.readHint' : 'design.axis.hint')}</span>
        <Select
          aria-label={t('design.axis.zoom')}
          value={zoom}
          options={ZOOMS.map((value) => ({ value, label: t('design.axis.span', { count: value }) }))}
          onChange={setZoom}
        />
      </Row>
      <div className="pb-path-scroll" tabIndex={0} role="region" aria-label={t('design.axis.title')}>
        <div className="pb-path-inner" style={{ inlineSize: `${(whole / zoom) * 100}%` }}>
          <Phases whole={whole} />
          <div className="pb-path-ticks" aria-hidden="true">
            {ticksOf(whole, zoom).map((day) => (
              <span key={day} style={{ insetInlineStart: `${(day / whole) * 100}%` }}>
                {day === 0 ? t(`anchorShort.${definition.anchor}`) : t('design.day', { count: day })}
              </span>
            ))}
          </div>
          <Marks whole={whole} />
          {axis.lanes.map((lane) => (
            <Lane key={lane.track} lane={lane} whole={whole} zoom={zoom} tell={tell} />
          ))}
        </div>
      </div>
      <span className="pb-sr" role="status">
        {told}
      </span>
      <Loose />
      {!readOnly && <AddStep line />}
    </div>
  )
}

/** From the first to the last day of each phase. */
function Phases({ whole }: { whole: number }) {
  const said = useSaid()
  const { definition, axis } = useDesign()
  const placed = axis.lanes.flatMap((lane) => lane.placed)
  const bands = (definition.phases ?? []).flatMap((phase) => {
    const codes = new Set(definition.steps.filter((step) => step.phase === phase.code).map(({ code }) => code))
    const days = placed.filter(({ step }) => codes.has(step)).map(({ day }) => day)
    return days.length === 0 ? [] : [{ phase, from: Math.min(...days), until: Math.max(...days) }]
  })
  if (bands.length === 0) return null
  return (
    <div className="pb-path-phases">
      {bands.map(({ phase, from, until }) => (
        <span
          key={phase.code}
          style={{
            insetInlineStart: `${(from / whole) * 100}%`,
            inlineSize: `${Math.max(6, ((until - from) / whole) * 100)}%`,
          }}
        >
          {said(phase.name)}
        </span>
      ))}
    </div>
  )
}

/** Clashes as a line on their day, gaps as a hatched stretch. */
function Marks({ whole }: { whole: number }) {
  const t = useT('follow-up')
  const { axis } = useDesign()
  return (
    <div className="pb-path-marks" aria-hidden="true">
      {axis.faults
        .filter(({ day }) => day <= whole)
        .map((fault) => (
          <span
            key={`${fault.code} ${fault.day}`}
            title={t(`design.clash.${fault.code}`, { day: fault.day, count: fault.until - fault.day, steps: '' })}
            className={fault.code === 'gap' ? 'pb-path-gap' : 'pb-path-clash'}
            style={{
              insetInlineStart: `${(fault.day / whole) * 100}%`,
              ...(fault.code === 'gap'
                ? { inlineSize: `${(Math.min(fault.until, whole) / whole - fault.day / whole) * 100}%` }
                : {}),
            }}
          />
        ))}
    </div>
  )
}

interface LaneProps {
  lane: { track: string; placed: Placed[] }
  whole: number
  zoom: number
  tell: (text: string) => void
}

function Lane({ lane, whole, zoom, tell }: LaneProps) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, readOnly } = useDesign()
  const rows = rowsOf(lane.placed, zoom)
  const height = Math.max(0, ...rows.values()) + 1
  const name = definition.steps.find((step) => step.track === lane.track)!.name
  return (
    <section className="pb-path-lane" aria-label={t('design.axis.line', { name: said(name) })}>
      <div className="pb-path-track" style={{ blockSize: `${height * 46 + 6}px` }}>
        {lane.placed.map((place) =>
          place.nth > 1 ? (
            <span
              key={`${place.step} ${place.nth}`}
              className="pb-path-again"
              title={t('design.axis.again', { count: place.nth, day: place.day })}
              style={{
                insetInlineStart: `${(place.day / whole) * 100}%`,
                insetBlockStart: `${(rows.get(place.step) ?? 0) * 46 + 13}px`,
              }}
            />
          ) : (
            <Chip key={place.step} place={place} row={rows.get(place.step) ?? 0} whole={whole} tell={tell} />
          ),
        )}
      </div>
      {!readOnly && <AddStep track={lane.track} />}
    </section>
  )
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

function Chip({ place, row, whole, tell }: { place: Placed; row: number; whole: number; tell: LaneProps['tell'] }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, edit, readOnly, selected, select, faults, axis } = useDesign()
  const step = definition.steps.find(({ code }) => code === place.step)!
  const grip = useRef<{ x: number; widthPx: number; by: number } | undefined>(undefined)
  const [by, setBy] = useState(0)
  const day = Math.max(0, place.day + by)
  const worst = faults.some((one) => one.step === step.code && one.severity === 'error')
    ? 'error'
    : faults.some((one) => one.step === step.code && one.severity === 'warning')
      ? 'warning'
      : undefined
  const move = (days: number, key?: string) => {
    edit((before) => moveStep(before, step.code, days), key)
    tell(t('design.axis.moved', { name: said(step.name), day: Math.max(0, place.day + days) }))
  }
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (readOnly || event.button !== 0) return
    const track = event.currentTarget.parentElement!
    grip.current = { x: event.clientX, widthPx: track.clientWidth, by: 0 }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!grip.current) return
    grip.current.by = Math.round(((event.clientX - grip.current.x) / grip.current.widthPx) * whole)
    setBy(grip.current.by)
  }
  const drop = () => {
    const moved = grip.current?.by ?? 0
    grip.current = undefined
    setBy(0)
    if (moved !== 0) move(moved)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const days = STEPS[event.key]
    if (days === undefined || readOnly || event.altKey || event.ctrlKey) return
    event.preventDefault()
    move(days * (event.shiftKey ? 7 : 1), `${step.code} move`)
  }
  const left = (at: number) => `${(Math.max(0, at) / whole) * 100}%`
  return (
    <>
      <span
        aria-hidden="true"
        className="pb-path-window"
        style={{
          insetInlineStart: left(place.from + by),
          inlineSize: `${((place.until - place.from + 1) / whole) * 100}%`,
          insetBlockStart: `${row * 46 + 36}px`,
        }}
      />
      <button
        type="button"
        className={`pb-path-chip pb-path-${step.kind}${place.by === 'branch' ? ' pb-path-branch' : ''}${worst ? ` pb-path-${worst}` : ''}`}
        aria-pressed={selected === step.code}
        data-step={step.code}
        data-day={day}
        style={{ insetInlineStart: left(day), insetBlockStart: `${row * 46 + 4}px` }}
        onClick={() => select(step.code)}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={drop}
        onPointerCancel={drop}
      >
        <span className="pb-path-chip-name">{said(step.name) || t('design.nameless')}</span>
        <small>
          {t('design.day', { count: day })}
          {axis.endless.includes(step.code) && ` ${t('design.axis.endless')}`}
          {worst && <span className="pb-sr"> {t(`design.severity.${worst}`)}</span>}
        </small>
      </button>
    </>
  )
}

/** Steps that nothing leads to lie beside the axis until something does. */
function Loose() {
  const t = useT('follow-up')
  const said = useSaid()
  const { axis, definition, select } = useDesign()
  if (axis.loose.length === 0) return null
  return (
    <p className="pb-due">
      {t('design.axis.loose')}{' '}
      {axis.loose.map((code) => (
        <button key={code} type="button" className="pb-link" onClick={() => select(code)}>
          {said(definition.steps.find((step) => step.code === code)!.name)}
        </button>
      ))}
    </p>
  )
}
