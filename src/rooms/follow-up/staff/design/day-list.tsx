import { Status, useT } from '../../../../platform/web/index.ts'
import { useSaid } from '../words.ts'
import { AddStep } from './add-step.tsx'
import { useDesign } from './context.ts'

/** The axis for a narrow screen: what happens, day by day. */
export function DayList() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, axis, faults, select, readOnly } = useDesign()
  const placed = axis.lanes
    .flatMap((lane) => lane.placed)
    .filter(({ nth }) => nth === 1)
    .toSorted((a, b) => a.day - b.day)
  return (
    <>
      <ol className="pb-path-days">
        {placed.map((place) => {
          const step = definition.steps.find(({ code }) => code === place.step)!
          const times = axis.lanes.flatMap((lane) => lane.placed).filter((one) => one.step === step.code).length
          const wrong = faults.filter((one) => one.step === step.code && one.severity !== 'hint').length
          return (
            <li key={place.step}>
              <span className="pb-path-daymark">{t('design.day', { count: place.day })}</span>
              <button type="button" className="pb-path-dayname" data-step={step.code} onClick={() => select(step.code)}>
                <strong>{said(step.name) || t('design.nameless')}</strong>
                <small>
                  {[
                    t(`stepKind.${step.kind}`),
                    t(`owner.${step.owner}`),
                    place.by === 'branch' ? t('design.axis.ifBranch') : '',
                    axis.endless.includes(step.code)
                      ? t('design.axis.endless')
                      : times > 1
                        ? t('design.axis.times', { count: times })
                        : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
                {wrong > 0 && <Status tone="due">{t('design.fault.here', { count: wrong })}</Status>}
              </button>
            </li>
          )
        })}
        {axis.loose.map((code) => (
          <li key={code}>
            <span className="pb-path-daymark">—</span>
            <button type="button" className="pb-path-dayname" onClick={() => select(code)}>
              <strong>{said(definition.steps.find((step) => step.code === code)!.name)}</strong>
              <small>{t('design.axis.unled')}</small>
            </button>
          </li>
        ))}
      </ol>
      {!readOnly && (
        <div className="pb-row">
          {axis.lanes[0] && <AddStep track={axis.lanes.at(-1)!.track} />}
          <AddStep line />
        </div>
      )}
    </>
  )
}
