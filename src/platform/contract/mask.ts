/** Masks for lists and exports. The shapes follow common Chinese practice: 段** · 180****1999 · 5***************1X. */
export function maskName(name: string): string {
  const characters = [...name]
  const compound = characters.length > 3
  const shown = compound ? 2 : 1
  return characters.slice(0, shown).join('') + '*'.repeat(Math.max(1, characters.length - shown))
}

export function maskPhone(phone: string): string {
  if (phone.length < 7) return '*'.repeat(phone.length)
  // Of a landline number without its area code the first three digits would leave nothing to hide.
  if (phone.length < 11) return '*'.repeat(phone.length - 4) + phone.slice(-4)
  return phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4)
}

export function maskNationalId(id: string): string {
  if (id.length < 6) return '*'.repeat(id.length)
  return id.slice(0, 1) + '*'.repeat(id.length - 3) + id.slice(-2)
}

export function maskEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@')
  return `${local.slice(0, 1)}***@${domain}`
}

export function maskAddress(address: string): string {
  const characters = [...address]
  return characters.slice(0, 6).join('') + '*'.repeat(Math.max(0, characters.length - 6))
}
