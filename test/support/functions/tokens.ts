/** An issuer of tokens as a user pool is one: RS256, keys by JWKS. */
import {
    createPublicKey,
    createSign,
    createVerify,
    generateKeyPairSync,
    type JsonWebKey,
    type KeyObject,
} from "node:crypto";

/** A public key, as JWKS has it. */
export type PublishedKey = JsonWebKey & { kid?: string };

/** The keys of an issuer. */
export interface Jwks {
    keys: readonly PublishedKey[];
}

export type Claims = Readonly<Record<string, unknown>>;

/** Whose tokens are taken. */
export interface TokenRules {
    issuer: string;
    /** The client: `aud` of an ID token, `client_id` of an access token. Any when left out. */
    audience?: string;
    jwks: () => Promise<Jwks>;
}

interface Header {
    alg?: string;
    kid?: string;
}

function decoded(part: string | undefined): unknown {
    try {
        return JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
    } catch {
        return undefined;
    }
}

/** The claims of a token; undefined where it is not to be taken. */
export async function verifiedClaims(token: string, rules: TokenRules): Promise<Claims | undefined> {
    const [head, body, signature, ...rest] = token.split(".");
    const header = decoded(head) as Header | undefined;
    const claims = decoded(body) as Claims | undefined;
    if (header?.alg !== "RS256" || claims === undefined || signature === undefined || rest.length > 0) {
        return undefined;
    }
    const key = (await rules.jwks()).keys.find(({ kid }) => kid === header.kid);
    if (key === undefined) {
        return undefined;
    }
    const isSigned = createVerify("RSA-SHA256")
        .update(`${head ?? ""}.${body ?? ""}`)
        .verify(createPublicKey({ key, format: "jwk" }), signature, "base64url");
    const isCurrent = Number(claims["exp"]) * 1000 > Date.now();
    const isOurs =
        claims["iss"] === rules.issuer &&
        (rules.audience === undefined || [claims["aud"], claims["client_id"]].includes(rules.audience));
    return isSigned && isCurrent && isOurs ? claims : undefined;
}

/** An issuer of a test's own. */
export class TestIssuer implements TokenRules {
    readonly issuer = "https://issuer.test";
    readonly audience = "test-client";
    readonly #key: KeyObject;
    readonly #published: PublishedKey;

    constructor() {
        const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        this.#key = privateKey;
        this.#published = { ...publicKey.export({ format: "jwk" }), kid: "test", alg: "RS256", use: "sig" };
    }

    readonly jwks = (): Promise<Jwks> => Promise.resolve({ keys: [this.#published] });

    /** A token of a user. */
    token(sub: string, more: Claims = {}): string {
        const now = Math.floor(Date.now() / 1000);
        const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
        const claims = { sub, iss: this.issuer, aud: this.audience, iat: now, exp: now + 3600, ...more };
        const text = `${encoded({ alg: "RS256", typ: "JWT", kid: "test" })}.${encoded(claims)}`;
        return `${text}.${createSign("RSA-SHA256").update(text).sign(this.#key, "base64url")}`;
    }
}
