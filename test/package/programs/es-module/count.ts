let calls = 0;

/** How often this module was asked since it was loaded. */
export function next(): number {
    calls += 1;
    return calls;
}
