/** Seconds since 1970, as TTL attributes have them. */
export function nowSeconds(): number {
    return Math.floor(Date.now() / 1000);
}

/** Now, as answers and events have it. */
export function nowText(): string {
    return new Date().toISOString();
}
