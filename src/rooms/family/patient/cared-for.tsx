import { lookAt, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readPeople } from '../contract/entrance.ts'
import './family.css'

/** For whoever has no pages of their own open: those of people they look after. */
export function CaredFor({ onChosen }: { onChosen: () => void }) {
  const t = useT('family')
  const { data } = useOwn(readPeople)
  if (!data || data.others.length === 0) return null
  return (
    <section className="pp-card">
      <h2>{t('my.whose.title')}</h2>
      <div className="pp-people">
        {data.others.map((one) => (
          <button
            key={one.id}
            type="button"
            className="pp-person"
            onClick={() => {
              lookAt(one)
              onChosen()
            }}
          >
            {one.name}
          </button>
        ))}
      </div>
    </section>
  )
}
