/** Path patterns as CloudFront has them: `*` stands for any run of characters and `?` for one. */

/** Whether some path matches both patterns. */
export function overlap(left: string, right: string): boolean {
    if (left === "" || right === "") {
        return /^\**$/.test(left + right);
    }
    if (left.startsWith("*")) {
        return overlap(left.slice(1), right) || overlap(left, right.slice(1));
    }
    if (right.startsWith("*")) {
        return overlap(right, left);
    }
    const same = left[0] === right[0] || left.startsWith("?") || right.startsWith("?");
    return same && overlap(left.slice(1), right.slice(1));
}

/** Whether every path of the inner pattern matches the outer one. May say no where it cannot tell. */
export function covers(outer: string, inner: string): boolean {
    if (outer === inner || outer === "*") {
        return true;
    }
    if (outer === "") {
        return false;
    }
    if (outer.startsWith("*")) {
        // What the star takes may be anything, stars of the inner pattern included.
        return Array.from({ length: inner.length + 1 }, (_, index) => index).some((index) =>
            covers(outer.slice(1), inner.slice(index)),
        );
    }
    if (inner === "" || inner.startsWith("*")) {
        return false;
    }
    const same = outer[0] === inner[0] || outer.startsWith("?");
    return same && covers(outer.slice(1), inner.slice(1));
}

/** A pattern with the leading slash that CloudFront takes for granted. */
export function withSlash(pattern: string): string {
    return pattern.startsWith("/") || pattern.startsWith("*") ? pattern : `/${pattern}`;
}
