import { Flag, Quantity } from '../../../platform/web/index.ts'
import { wordsOf, type ShownValue } from './value-words.ts'

/** 6.8 mmol/L ↑ */
export function ValueText({ shown, unit = true }: { shown: ShownValue; unit?: boolean }) {
  const words = wordsOf(shown)
  if (shown.value === null)
    return (
      <span>
        {words} <Flag code={shown.flag} short />
      </span>
    )
  return <Quantity value={words} unit={unit ? shown.unitPrinted : null} flag={shown.flag} />
}
