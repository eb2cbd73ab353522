interface Compared {
  value: string
  previous: { value: string } | null
}

/**
 * Which way a result went since last time, by the numbers as they are printed. What is no plain number on both sides,
 * such as `>6.22` or a word, is compared with nothing. Whether the difference means anything is for the doctor to say.
 */
export function changeOf({ value, previous }: Compared): 'up' | 'down' | 'same' | undefined {
  const [now, before] = [numberOf(value), numberOf(previous?.value)]
  if (now === undefined || before === undefined) return undefined
  if (now === before) return 'same'
  return now > before ? 'up' : 'down'
}

function numberOf(text: string | undefined): number | undefined {
  const found = /^-?\d+(\.\d+)?(?=$|\s)/.exec(text?.trim() ?? '')
  return found ? Number(found[0]) : undefined
}
