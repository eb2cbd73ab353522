import { DateText, useT } from '../../../platform/web/index.ts'
import type { UsedInput } from '../contract/risk.ts'
import { useBilingual, useValueOf } from './words.ts'

/** Every value that was used, with its day and where it is from. */
export function InputTable({ inputs }: { inputs: readonly UsedInput[] }) {
  const t = useT('risk')
  const words = useBilingual()
  const valueOf = useValueOf()
  return (
    <table className="pb-chart-table">
      <thead>
        <tr>
          <th scope="col">{t('input.name')}</th>
          <th scope="col">{t('input.value')}</th>
          <th scope="col">{t('input.on')}</th>
          <th scope="col">{t('input.from')}</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr key={input.input}>
            <th scope="row">{words(input.label)}</th>
            <td>{valueOf(input)}</td>
            <td>{input.from !== 'person' && <DateText date={input.on} />}</td>
            <td className="pb-hint">{originWords(t, input)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function originWords(t: ReturnType<typeof useT>, { from, by, count, on }: UsedInput): string {
  if (from === 'person') return on ? t('input.born', { date: on }) : t('from.person')
  const origin = t(`from.${from}`, { by: by ?? '' })
  if (count === null) return origin
  return `${origin} · ${count > 1 ? t('input.mean', { count }) : t('input.single')}`
}
