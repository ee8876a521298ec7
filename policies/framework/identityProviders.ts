/** Identity providers that sign tokens for many customers of AWS, by one issuer URL for all of them. */
import { matches } from "./patterns";
import { type Statement } from "./policyDocument";

/**
 * The shared issuers that IAM knows, with the condition key that a role's trust policy has to evaluate, or IAM refuses
 * it: IAM User Guide, "Identity-provider controls for shared OIDC providers".
 */
export const IDENTITY_PROVIDER_CONTROLS: Readonly<Partial<Record<string, string>>> = {
    "agent.buildkite.com": "agent.buildkite.com:sub",
    "api.pulumi.com/oidc": "api.pulumi.com/oidc:aud",
    "app.terraform.io": "app.terraform.io:sub",
    "cognito-identity.amazonaws.com": "cognito-identity.amazonaws.com:aud",
    "gitlab.com": "gitlab.com:sub",
    "oidc-configuration.audit-log.githubusercontent.com":
        "oidc-configuration.audit-log.githubusercontent.com:sub",
    "oidc.codefresh.io": "oidc.codefresh.io:sub",
    "oidc.vercel.com": "oidc.vercel.com:aud",
    "proidc.upbound.io": "proidc.upbound.io:sub",
    "sandboxes.cloud": "sandboxes.cloud:aud",
    "scalr.io": "scalr.io:sub",
    // Microsoft Sentinel: its tokens are alike for all, and the session's name tells the workspace.
    "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d": "sts:RoleSessionName",
    "studio.datachain.ai/api": "studio.datachain.ai/api:sub",
    "token.actions.githubusercontent.com": "token.actions.githubusercontent.com:sub",
    "tokens.cloud.shisho.dev": "tokens.cloud.shisho.dev:sub",
    "vstoken.actions.githubusercontent.com": "vstoken.actions.githubusercontent.com:sub",
    // IBM Turbonomic has an issuer for each version of its platform.
    ...Object.fromEntries(
        [
            "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu",
            "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb",
            "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7",
            "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr",
            "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg",
            "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26",
        ].map((issuer) => [issuer, `${issuer}:sub`]),
    ),
};

/** Whether the statement lets a role be assumed with a token of an identity provider. */
export function isWebIdentity(statement: Statement): boolean {
    return allows(statement, "sts:assumerolewithwebidentity");
}

/** Whether the statement lets a role be assumed with an assertion of a SAML provider. */
export function isSaml(statement: Statement): boolean {
    return allows(statement, "sts:assumerolewithsaml");
}

function allows({ effect, actions }: Statement, wanted: string): boolean {
    return effect === "Allow" && actions.some((action) => matches(action.toLowerCase(), wanted));
}

/**
 * The issuers whose tokens a statement of a trust policy takes, as its conditions write them. The ARN of a provider that
 * is still to be made may not tell; the condition keys then do.
 */
export function issuersOf({ principals, conditions }: Statement): readonly string[] {
    const federated = principals.Federated ?? [];
    if (federated.length === 0) {
        return [];
    }
    const named = federated.map((provider) => /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider);
    const keys = Object.values(conditions).flatMap((each) => Object.keys(each));
    const written = keys
        .map((key) => key.slice(0, key.lastIndexOf(":")).toLowerCase())
        .filter((issuer) => IDENTITY_PROVIDER_CONTROLS[issuer] !== undefined);
    return [...new Set([...named.map((issuer) => issuer.toLowerCase().replace(/\/$/, "")), ...written])];
}

// Negations narrow nothing, nor do tests that a token without the claim passes.
const DEMANDING = /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i;

/** The lists of values of which a token must meet one each, by the conditions on a key. */
export function demandsOn({ conditions }: Statement, key: string): readonly (readonly string[])[] {
    return Object.entries(conditions)
        .filter(([operator]) => DEMANDING.test(operator))
        .flatMap(([, keys]) => Object.entries(keys))
        .filter(([name, values]) => name.toLowerCase() === key.toLowerCase() && values.length > 0)
        .map(([, values]) => values);
}
