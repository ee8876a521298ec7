/** A number of things in a message, such as `1 day` or `2 days`. */
export function counted(count: number, one: string, several = `${one}s`): string {
    return `${count} ${count === 1 ? one : several}`;
}
