/** Whom a trust policy lets in of those that an identity provider signs tokens for. */
import { type Statement } from "../../framework";
import { demandsOn, IDENTITY_PROVIDER_CONTROLS } from "../../framework/identityProviders";

/** What a value of a claim must say to let in somebody known alone. */
interface Demand {
    /** What is before the first wildcard must match; a wildcard counts as the character `*`. */
    readonly first: RegExp;
    /** What the value must say too, wherever. Left out: nothing. */
    readonly also?: RegExp;
}

/** A shared identity provider. */
interface Tenancy {
    readonly name: string;
    /** What must be literal, to end a message with. */
    readonly wanted: string;
    /** Sets of demands by claim: one of them has to be met. */
    readonly ways: readonly Readonly<Record<string, Demand>>[];
}

const demand = (first: RegExp, also?: RegExp): Demand => (also === undefined ? { first } : { first, also });

/** Any text without a wildcard. */
const LITERAL = demand(/^[^*]+$/);

// A repository's name ends at the colon, or at the id that tokens of newer repositories have after an "@".
const REPOSITORY = demand(
    /(?:^|:)(?:repo|repository):[\w.-]+(?:@\d+)?\/[\w.-]+(?:@|:|$)|(?:^|:)repository_id:\d+(?::|$)/,
);
const OWNER = demand(/(?:^|:)(?:repository_owner:[\w.-]+|repository_owner_id:\d+)(?::|$)/);
const FILE = /(?:^|:)(?:job_workflow_ref|workflow_ref):[\w.-]+\/[\w.-]+\//;
const FULL_NAME = demand(/^[\w.-]+\/[\w.-]+$/);
const WORKFLOW = demand(/^[\w.-]+\/[\w.-]+\//);

const GITHUB: Tenancy = {
    name: "GitHub Actions",
    wanted: "names an organisation and a repository before its first wildcard",
    ways: [
        { sub: REPOSITORY },
        // A workflow is anybody's to call: it has to be the organisation's own repository that does.
        { sub: demand(new RegExp(`^(?=.*${OWNER.first.source})(?=.*${FILE.source})`)) },
        { sub: OWNER, job_workflow_ref: WORKFLOW },
        { repository: FULL_NAME },
        { repository_id: LITERAL },
        { repository_owner_id: LITERAL, job_workflow_ref: WORKFLOW },
    ],
};

const organisationOf = (name: string, wanted: string, sub: Demand): Tenancy => ({
    name,
    wanted: `names ${wanted} before its first wildcard`,
    ways: [{ sub }],
});

/** One part of a value, such as `pipeline:deploy`, that has no wildcard. */
const part = (...names: readonly string[]): RegExp => new RegExp(`:(?:${names.join("|")}):[^:*?]+(?::|$)`);

const ORGANISATION = /^organization:[^:*]+:/;
const SERVICE_ACCOUNT = demand(/^system:serviceaccount:[^:*]+:[^:*]+$/);

const TURBONOMIC = organisationOf("IBM Turbonomic", "a namespace and a service account", SERVICE_ACCOUNT);

const TENANCIES: Readonly<Partial<Record<string, Tenancy>>> = {
    "accounts.google.com": {
        name: "Google",
        wanted: "names the application or the account",
        // Any account at Google can have tokens made for any audience, which is what `oaud` is.
        ways: [{ aud: LITERAL }, { sub: LITERAL }, { email: LITERAL }],
    },
    "agent.buildkite.com": organisationOf(
        "Buildkite",
        "an organisation and a pipeline",
        demand(ORGANISATION, part("pipeline")),
    ),
    "api.pulumi.com/oidc": {
        name: "Pulumi Cloud",
        wanted: "names the organisation",
        ways: [{ aud: LITERAL }, { sub: demand(/^pulumi:\w+:org:[^:*]+:/) }],
    },
    "app.terraform.io": organisationOf(
        "HCP Terraform",
        "an organisation, and a project or workspace,",
        demand(ORGANISATION, part("project", "workspace")),
    ),
    "cognito-identity.amazonaws.com": {
        name: "Cognito",
        wanted: "names the identity pool",
        ways: [{ aud: LITERAL }],
    },
    "gitlab.com": organisationOf(
        "GitLab",
        "a group and a project",
        demand(/^(?:project_path:[^:*]+\/[^:/*]+|project_id:\d+)(?::|$)/),
    ),
    "graph.facebook.com": { name: "Facebook", wanted: "names the application", ways: [{ app_id: LITERAL }] },
    "oidc-configuration.audit-log.githubusercontent.com": organisationOf(
        "GitHub's audit log",
        "an enterprise",
        demand(/^https:\/\/github\.com\/[^/*]+$/),
    ),
    "oidc.codefresh.io": organisationOf(
        "Codefresh",
        "an account and a pipeline",
        demand(/^account:[^:*]+:/, part("pipeline")),
    ),
    "oidc.vercel.com": {
        name: "Vercel",
        wanted: "names the team",
        ways: [{ aud: LITERAL }, { sub: demand(/^owner:[^:*]+:project:/) }],
    },
    "proidc.upbound.io": organisationOf(
        "Upbound",
        "an organisation and a control plane",
        demand(/^mcp:[^/:*]+\/[^/:*]+(?::|$)/),
    ),
    "sandboxes.cloud": {
        name: "sandboxes.cloud",
        wanted: "names the organisation",
        ways: [{ aud: LITERAL }],
    },
    "scalr.io": organisationOf("Scalr", "an account", demand(/^account:[^:*]+(?::|$)/)),
    "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d": {
        name: "Microsoft Sentinel",
        wanted: "names the workspace",
        ways: [{ "sts:RoleSessionName": LITERAL }],
    },
    "studio.datachain.ai/api": organisationOf("DVC Studio", "a team", demand(/^credentials:[^/:*]+\//)),
    "token.actions.githubusercontent.com": GITHUB,
    "tokens.cloud.shisho.dev": organisationOf("Shisho Cloud", "an organisation", demand(/^job:[^:*]+:/)),
    "vstoken.actions.githubusercontent.com": GITHUB,
    "www.amazon.com": {
        name: "Login with Amazon",
        wanted: "names the application",
        ways: [{ app_id: LITERAL }],
    },
};

/** Clusters each have an issuer, and sign a token for every pod: whose it is, its subject says. */
const CLUSTER: Tenancy = {
    name: "the cluster",
    wanted: "names a namespace and a service account without a wildcard",
    ways: [{ sub: SERVICE_ACCOUNT }],
};

/**
 * What is wrong with a statement that trusts an issuer whose tokens are not all of somebody known.
 *
 * @param label What to call the statement.
 * @returns The reason, which names the issuer. Undefined where nothing is, or the issuer is not a shared one.
 */
export function openTenancy(statement: Statement, issuer: string, label: string): string | undefined {
    const tenancy = tenancyOf(statement, issuer);
    if (tenancy === undefined || tenancy.ways.some((way) => isMet(statement, issuer, way))) {
        return undefined;
    }
    const key =
        IDENTITY_PROVIDER_CONTROLS[issuer] ?? `${issuer}:${Object.keys(tenancy.ways[0] ?? {})[0] ?? "sub"}`;
    const given = demandsOn(statement, key).flat();
    const found = given.length === 0 ? "" : ` (${given.map((value) => JSON.stringify(value)).join(", ")})`;
    const who =
        tenancy === CLUSTER ? `anybody with a token of ${issuer}` : `anybody who uses ${tenancy.name}`;
    return `trusts ${who}: ${label} has no condition on ${key} that ${tenancy.wanted}${found}.`;
}

/** Whether the issuer is one that {@link openTenancy} judges. */
export function isJudged(statement: Statement, issuer: string): boolean {
    return tenancyOf(statement, issuer) !== undefined;
}

function tenancyOf(statement: Statement, issuer: string): Tenancy | undefined {
    const known = TENANCIES[issuer];
    if (known !== undefined) {
        return known;
    }
    if (IDENTITY_PROVIDER_CONTROLS[issuer] !== undefined) {
        return TURBONOMIC;
    }
    const isCluster =
        /^oidc[.-]eks[.-]/.test(issuer) ||
        demandsOn(statement, `${issuer}:sub`)
            .flat()
            .some((subject) => subject.startsWith("system:serviceaccount:"));
    return isCluster ? CLUSTER : undefined;
}

function isMet(statement: Statement, issuer: string, way: Readonly<Record<string, Demand>>): boolean {
    return Object.entries(way).every(([claim, { first, also }]) => {
        const key = claim.includes(":") ? claim : `${issuer}:${claim}`;
        return demandsOn(statement, key).some((values) =>
            values.every((value) => first.test(literal(value)) && (also === undefined || also.test(value))),
        );
    });
}

/** A value up to its first wildcard or variable, which becomes `*`. */
function literal(value: string): string {
    return value.replace(/(?:[*?]|\$\{).*$/s, "*");
}
