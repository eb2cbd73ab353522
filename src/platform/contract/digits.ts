/** The digits of what somebody typed: Chinese keyboards write １２３ as well, and codes are pasted with spaces. */
export const digitsIn = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '')
