/** `1 customer has`, `2 customers have`: a count with the words that agree with it. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`
