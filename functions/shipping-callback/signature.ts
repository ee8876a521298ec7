import { createHmac, timingSafeEqual } from "node:crypto";

import { nowSeconds } from "../shared/clock";
import { Problem } from "../shared/problems";

/** How old a signed request may be, and how far the clocks may differ, in seconds. */
const AGE_MAX_SECONDS = 300;

/** The signature of a body at a time: HMAC-SHA-256 of `<seconds since 1970>.<body>`. */
export function signatureOf(key: string, seconds: string, body: string): string {
    return createHmac("sha256", key).update(`${seconds}.${body}`, "utf8").digest("hex");
}

/**
 * Refuses a request that its sender has not signed within the last minutes.
 *
 * @throws Problem with status 401.
 */
export async function requireSignature(request: Request, key: string): Promise<void> {
    const seconds = request.headers.get("x-carrier-timestamp") ?? "";
    const given = Buffer.from(request.headers.get("x-carrier-signature") ?? "", "hex");
    const right = Buffer.from(signatureOf(key, seconds, await request.text()), "hex");
    const isRecent =
        /^\d{1,12}$/.test(seconds) && Math.abs(nowSeconds() - Number(seconds)) <= AGE_MAX_SECONDS;
    if (!isRecent || given.length !== right.length || !timingSafeEqual(given, right)) {
        throw new Problem(401, { code: "NotSigned", detail: "The signature is missing, wrong or too old." });
    }
}
