import { lookAt, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { readPeople } from '../contract/entrance.ts'
import './family.css'

/** 看谁的: between oneself and those one looks after; nothing where there is nobody else. */
export function WhoseSwitch() {
  const t = useT('family')
  const whose = useWhose()
  const { data } = useOwn(readPeople)
  if (!data || data.others.length === 0 || (!data.self && data.others.length === 1)) return null
  return (
    <div className="pp-people" role="group" aria-label={t('my.whose.label')}>
      <span className="pp-hint" aria-hidden="true">
        {t('my.whose.label')}
      </span>
      {data.self && (
        <button type="button" className="pp-person" aria-pressed={!whose} onClick={() => lookAt(undefined)}>
          {t('my.whose.self')}
        </button>
      )}
      {data.others.map((one) => (
        <button
          key={one.id}
          type="button"
          className="pp-person"
          aria-pressed={whose?.id === one.id}
          onClick={() => lookAt(one)}
        >
          {one.name}
        </button>
      ))}
    </div>
  )
}
