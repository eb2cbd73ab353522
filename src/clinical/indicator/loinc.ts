/**
 * Whether the text has the form of a LOINC code and its check digit is right (mod 10, LOINC Users' Guide appendix).
 * Local codes that happen to look like LOINC (`0135-4`) mostly fail it.
 */
export function isLoinc(text: string): boolean {
  const match = /^(\d{1,7})-(\d)$/.exec(text)
  if (!match) return false
  const digits = [...match[1]!].reverse().map(Number)
  const sum = digits.reduce((total, digit, place) => {
    const weighted = place % 2 === 0 ? digit * 2 : digit
    return total + Math.floor(weighted / 10) + (weighted % 10)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(match[2])
}
