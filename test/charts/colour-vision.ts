/** A colour as its eye sees it: L*, a*, b*. */
export type Lab = readonly [number, number, number]

/** Linear RGB as seen with one kind of cone missing. Source: Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency", severity 1. */
export const VISIONS: Readonly<Record<string, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** From `#rrggbb`. */
function linear(hex: string): readonly [number, number, number] {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** How far apart two colours are for such an eye: CIE 1976, where about 2 is the least that can be seen side by side. */
export function apart(one: string, two: string, vision: readonly number[]): number {
  const [a, b] = [lab(one, vision), lab(two, vision)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function lab(hex: string, vision: readonly number[]): Lab {
  const rgb = linear(hex)
  const [r, g, b] = [0, 3, 6].map(row => {
    const seen = rgb.reduce((sum, each, i) => sum + each * (vision[row + i] as number), 0)
    return Math.min(1, Math.max(0, seen))
  }) as [number, number, number]
  const bent = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Contrast by WCAG 2.1. */
export function contrast(one: string, two: string): number {
  const light = (hex: string): number => {
    const [r, g, b] = linear(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
  }
  const [a, b] = [light(one), light(two)]
  return Math.max(a, b) / Math.min(a, b)
}
