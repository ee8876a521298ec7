/** How long a client of AWS's waits, for its connection and then for an answer. The SDK of its own accord waits without end. */
export interface WaitingTimes {
    connectionTimeout: number;
    requestTimeout: number;
    throwOnRequestTimeout: true;
}

/** A call that has no answer after this long will have none. */
export function answeredWithin(requestTimeout: number): WaitingTimes {
    return { connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true };
}
