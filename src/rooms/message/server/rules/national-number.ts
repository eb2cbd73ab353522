/** GB 11643-1999: Σ aᵢ·Wᵢ mod 11 decides the last place. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Whether 18 characters pass the check digit of a Chinese identity number; region and date may be what they want, better blocked than let through. */
export function isNationalId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return CHECKS[sum % 11] === text[17]
}
