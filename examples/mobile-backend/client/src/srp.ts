/**
 * Secure Remote Password, as Cognito has it (RFC 5054's group of 3072 bits, SHA-256): the password never leaves the page.
 * Source: Amazon Cognito Developer Guide, "Authentication flows", USER_SRP_AUTH.
 */

const PRIME =
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd" +
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed" +
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f" +
    "83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b" +
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510" +
    "15728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7" +
    "abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c" +
    "bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff";
const N = BigInt(`0x${PRIME}`);
const G = 2n;

/** What Cognito asks of whoever says that they know the password. */
export interface PasswordChallenge {
    userId: string;
    srpB: string;
    salt: string;
    secretBlock: string;
}

/** One attempt to sign in. */
export interface SrpSession {
    /** What Cognito is told first. */
    readonly srpA: string;
    /** What proves that the password is known. */
    answer(password: string, challenge: PasswordChallenge): Promise<{ signature: string; timestamp: string }>;
}

/** Begins an attempt. */
export function beginSrp(userPoolId: string): SrpSession {
    const a = toNumber(crypto.getRandomValues(new Uint8Array(128)));
    const bigA = power(G, a);
    return {
        srpA: bigA.toString(16),
        answer: async (password, challenge) => {
            const bigB = BigInt(`0x${challenge.srpB}`);
            if (bigB % N === 0n) {
                throw new Error("the answer to the sign-in is not Cognito's");
            }
            const u = toNumber(await hash(padded(bigA), padded(bigB)));
            const k = toNumber(await hash(padded(N), padded(G)));
            const pool = userPoolId.split("_")[1] ?? "";
            const identity = await hash(utf8(`${pool}${challenge.userId}:${password}`));
            const x = toNumber(await hash(padded(BigInt(`0x${challenge.salt}`)), identity));
            const base = (((bigB - k * power(G, x)) % N) + N) % N;
            const key = await derivedKey(padded(power(base, a + u * x)), padded(u));
            const timestamp = timestampOf(new Date());
            const signature = await sign(
                key,
                utf8(pool),
                utf8(challenge.userId),
                fromBase64(challenge.secretBlock),
                utf8(timestamp),
            );
            return { signature: toBase64(signature), timestamp };
        },
    };
}

/** HKDF of one step, as Cognito has it. */
async function derivedKey(secret: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
    const extracted = await sign(salt, secret);
    const expanded = await sign(extracted, utf8("Caldera Derived Key\u0001"));
    return expanded.slice(0, 16);
}

function power(base: bigint, exponent: bigint): bigint {
    let result = 1n;
    let square = base % N;
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
        if ((rest & 1n) === 1n) {
            result = (result * square) % N;
        }
        square = (square * square) % N;
    }
    return result;
}

/** A number's bytes, with a zero before them where they would be read as a negative number. */
function padded(value: bigint): Uint8Array {
    const hex = value.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    const text = /^[89a-f]/.test(even) ? `00${even}` : even;
    return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function toNumber(bytes: Uint8Array): bigint {
    return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        all.set(part, at);
        at += part.length;
    }
    return all;
}

async function hash(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));
}

async function sign(key: Uint8Array, ...parts: readonly Uint8Array[]): Promise<Uint8Array> {
    const usage = { name: "HMAC", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("raw", joined([key]), usage, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", imported, joined(parts)));
}

const fromBase64 = (text: string): Uint8Array =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Such as `Mon Nov 30 17:05:09 UTC 2026`, with a day of one digit where it is one. */
export function timestampOf(now: Date): string {
    const two = (value: number): string => String(value).padStart(2, "0");
    const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].map(two).join(":");
    return `${DAYS[now.getUTCDay()] ?? ""} ${MONTHS[now.getUTCMonth()] ?? ""} ${now.getUTCDate()} ${time} UTC ${now.getUTCFullYear()}`;
}
