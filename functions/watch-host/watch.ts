/** A page that takes longer is none: viewers have gone by then. */
const PATIENCE = 10_000;

/** What a request came to. */
interface Answer {
    readonly path: string;
    readonly milliseconds: number;
    /** Why it is no answer; undefined for one that is. */
    readonly fault?: string;
}

/**
 * Asks a host for some paths at once. Whoever watches wants to know all that fails, not what failed first.
 *
 * @param ask How to ask; `fetch` when left out.
 * @returns A line for each path.
 * @throws Error that names every path without an answer of 2xx or 3xx.
 */
export async function watchHost(
    host: string,
    paths: readonly string[],
    ask: typeof fetch = fetch,
): Promise<string> {
    const answers = await Promise.all(paths.map((path) => answerOf(host, path, ask)));
    const faults = answers.filter(({ fault }) => fault !== undefined);
    if (faults.length > 0) {
        throw new Error(
            `${faults.length} of ${answers.length} pages of ${host} do not answer: ` +
                faults.map(({ fault, path }) => `${path} (${fault ?? ""})`).join(", "),
        );
    }
    return answers.map(({ milliseconds, path }) => `https://${host}${path} in ${milliseconds} ms`).join("\n");
}

async function answerOf(host: string, path: string, ask: typeof fetch): Promise<Answer> {
    const start = Date.now();
    const answer = (fault?: string): Answer => ({
        path,
        milliseconds: Date.now() - start,
        ...(fault === undefined ? {} : { fault }),
    });
    try {
        const response = await ask(`https://${host}${path}`, {
            // A redirect is an answer, and what it leads to may be another host's.
            redirect: "manual",
            // What a cache remembers says nothing of whoever is behind it.
            headers: { "cache-control": "no-cache", "user-agent": "watch-host" },
            signal: AbortSignal.timeout(PATIENCE),
        });
        // An answer is there once all of it is.
        await response.arrayBuffer();
        return response.status >= 200 && response.status < 400
            ? answer()
            : answer(`status ${response.status}`);
    } catch (error) {
        return answer(causeOf(error));
    }
}

/** Why a request failed: what fetch throws says so in its cause alone. */
function causeOf(error: unknown): string {
    const { cause, message, name } = error as Error;
    return name === "TimeoutError"
        ? `no answer within ${PATIENCE / 1000} s`
        : cause instanceof Error
          ? cause.message
          : message;
}
