export function alone<T>(file: string, work: () => T | Promise<T>): Promise<T>
