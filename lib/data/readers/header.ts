import { DataError, nearest } from '../../errors/index.ts'

/** Errors: `DataError` for a blank header, a name that stands twice in the header, and for a wanted column that is missing, with the nearest. */
export function requireColumns(file: string, names: readonly string[], wanted: readonly string[]): void {
  if (names.every(name => name === '')) {
    throw new DataError({
      code: 'blank-header',
      what: 'the first line is blank, where the names of the columns are due',
      where: `${file}, line 1`,
      remedy: 'begin the file with its header',
    })
  }
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i)
  if (twice !== undefined) {
    throw new DataError({
      code: 'duplicate-column',
      what: `the header names "${twice}" twice`,
      where: `${file}, line 1`,
      remedy: 'rename one of the two',
    })
  }
  for (const name of wanted) {
    if (names.includes(name)) continue
    const near = nearest(
      name,
      names.filter(each => each !== ''),
    )
    throw new DataError({
      code: 'missing-column',
      what: `there is no column "${name}"`,
      where: `${file}, line 1: ${names.join(', ')}`,
      remedy:
        near === undefined ? 'name one of those columns, or check that this is the right file' : `perhaps "${near}" is meant`,
    })
  }
}
