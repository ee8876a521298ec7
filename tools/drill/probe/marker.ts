/** Markers as the application takes them. */
import { type Answer, type Outside } from "../outside";

/** Writes a marker through the application. */
export function writeMarker(
    outside: Outside,
    url: string,
    marker: number,
    timeoutMilliseconds: number,
): Promise<Answer> {
    return outside.post(url, JSON.stringify({ marker }), timeoutMilliseconds);
}

/** Whether the application says that the marker is written. */
export function isWritten({ status }: Answer): boolean {
    return status === 200;
}

/** The region that the application says took a marker; undefined where it took none, or names nobody. */
export function takerOf(answer: Answer): string | undefined {
    try {
        const { region } = (isWritten(answer) ? JSON.parse(answer.body) : {}) as { region?: unknown };
        return typeof region === "string" && region !== "" ? region : undefined;
    } catch {
        // An application that answers no JSON names nobody.
        return undefined;
    }
}
