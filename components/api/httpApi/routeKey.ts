/** How HTTP APIs call a route. */
export function routeKey(method: string, path: string): string {
    return `${method.toUpperCase()} ${path}`;
}
