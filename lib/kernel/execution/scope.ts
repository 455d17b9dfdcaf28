/** The names of a session's cells, as properties of one object that compiled cells read and write. */
export class Scope {
  readonly names: Record<string, unknown> = Object.create(null) as Record<string, unknown>

  has(name: string): boolean {
    return name in this.names
  }

  /**
   * Makes room for names that a cell is about to declare. The function that comes back puts those that it did not
   * come to declare back to what they were, and tells which it did.
   */
  open(names: readonly string[]): () => ReadonlySet<string> {
    const before = new Map(names.map(name => [name, Object.getOwnPropertyDescriptor(this.names, name)]))
    for (const name of names) delete this.names[name]
    return () => {
      for (const [name, descriptor] of before) {
        if (descriptor !== undefined && !this.has(name)) {
          Object.defineProperty(this.names, name, descriptor)
          before.delete(name)
        }
      }
      return new Set([...before.keys()].filter(name => this.has(name)))
    }
  }

  /** An imported name follows its module. */
  bind(name: string, get: () => unknown): void {
    Object.defineProperty(this.names, name, { get, enumerable: true, configurable: true })
  }
}
