import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { nativeProvider } from "../../security/awsNative";
import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission } from "../../security/permissions";
import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { watchPool } from "./alarms";
import { type UserDirectoryArgs, type UserDirectoryTriggers } from "./args";
import { loadCognito, type NativeCognito, nativePoolArgs } from "./awsNative";
import { idsOf, makeClients, makeResourceServers, secretsOf } from "./clients";
import { makeDomain } from "./domain";
import { makeGroups } from "./groups";
import { attachRoles, makeIdentityPool, providerOf } from "./identityPool";
import { makeIdentityProviders } from "./identityProviders";
import { logActivity } from "./logs";
import { adminPermissions } from "./permissions";
import { type Maker, type Pool, type PoolPlace } from "./place";
import { poolInputs } from "./pool";
import { makeReplica } from "./replica";
import { ARGUMENTS } from "./table";
import { permitTriggers } from "./triggers";

export * from "./args";

const TYPE = "meridian:index:UserDirectory";

/**
 * People who sign in: a Cognito user pool with the applications that they sign in to, groups, directories of others,
 * sign-in pages, and an identity pool that gives them temporary credentials of AWS.
 *
 * With `replication` the pool is one of @pulumi/aws-native, which has to be installed beside this package, under a key of
 * the caller's, and signs users in in a second region.
 *
 * Children: `<name>-pool`, `<name>-<server>-scopes`, `<name>-<provider>-provider`, `<name>-<client>-client`,
 * `<name>-domain`, `<name>-<client>-style`, `<name>-identities`, `<name>-identity-roles`, `<name>-users-role` and
 * `-policy`, `<name>-guests-role` and `-policy`, `<name>-<group>-group` with `-role` and `-policy`,
 * `<name>-<trigger>-permission`, `<name>-logs`, `<name>-log-delivery`, `<name>-web-acl`, `<name>-throttled`,
 * `<name>-sign-in-failures`, `<name>-risks`; with `replication` `<name>-native`, `<name>-replica`, `<name>-<region>` and
 * `<name>-<region>-native`, and what is set for the replica with `<name>-<region>` in front.
 */
export class UserDirectory extends pulumi.ComponentResource {
    /** Id of the user pool, in both regions. */
    readonly userPoolId: pulumi.Output<string>;
    /** ARN of the user pool. */
    readonly userPoolArn: pulumi.Output<string>;
    /** ARN of the replica in the other region. None without `replication`. */
    readonly replicaArn?: pulumi.Output<string>;
    /** Who signs the tokens, as their claim `iss` says it, without a slash at the end. */
    readonly issuer: pulumi.Output<string>;
    /** Where the public keys are by which tokens are checked. */
    readonly jwksUri: pulumi.Output<string>;
    /** What identity pools call the user pool: `cognito-idp.<region>.amazonaws.com/<pool>`. */
    readonly providerName: pulumi.Output<string>;
    /** Ids of the applications, by their names. */
    readonly clientIds: pulumi.Output<Record<string, string>>;
    /** Secrets of those that have one. A secret. */
    readonly clientSecrets: pulumi.Output<Record<string, string>>;
    /** URL of the sign-in pages. None without `domain`. */
    readonly signInUrl?: pulumi.Output<string>;
    /** The distribution that the record for `customDomain` leads to. None without it. */
    readonly signInTarget?: pulumi.Output<string>;
    /** Id of the identity pool. None without `identityPool`. */
    readonly identityPoolId?: pulumi.Output<string>;
    /** Name of the role of users who have signed in. None without `identityPool`. */
    readonly userRoleName?: pulumi.Output<string>;
    /** ARNs of the groups' roles by the groups' names. Empty without `identityPool`. */
    readonly groupRoleArns: pulumi.Output<Record<string, string>>;
    /** What administers users needs. It sets no passwords and signs nobody in. */
    readonly adminPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: UserDirectoryArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        const native = args.replication === undefined ? undefined : loadCognito(`${TYPE} "${name}"`);
        super(TYPE, name, withSecrets(args, ARGUMENTS), opts);
        const { region, replication, identityPool } = args;
        const tags = classified(DataClassification.Confidential, args.tags);

        const home = native === undefined ? undefined : nativeHome(this, name, args, native);
        const pool = makePool(this, name, args, tags, home);
        const maker: Maker = { parent: this, name, args, pool, tags };
        const providers = makeIdentityProviders(maker);
        const clients = makeClients(maker, [...makeResourceServers(maker), ...providers]);
        const domain = args.domain === undefined ? undefined : makeDomain(maker, args.domain, clients, home);
        const identities =
            identityPool === undefined ? undefined : makeIdentityPool(maker, clients, identityPool);
        const groupRoles = makeGroups(maker, identities?.id);
        const users =
            identityPool === undefined || identities === undefined
                ? undefined
                : attachRoles(maker, clients, identityPool, identities);

        furnish(maker, { prefix: name, region, arn: pool.arn }, args);
        if (replication !== undefined && home !== undefined) {
            const replica = makeReplica(maker, replication, home.of, home.provider);
            furnish(maker, replica, replication);
            this.replicaArn = replica.arn;
        }

        this.userPoolId = pool.id;
        this.userPoolArn = pool.arn;
        this.providerName = providerOf(region, pool.id);
        this.issuer = issuerOf(args, pool);
        this.jwksUri = pulumi.interpolate`${this.issuer}/.well-known/jwks.json`;
        this.clientIds = idsOf(clients);
        this.clientSecrets = secretsOf(maker, clients);
        this.groupRoleArns = pulumi.output(
            Object.fromEntries([...groupRoles].map(([key, { arn }]) => [key, arn])),
        );
        this.adminPermissions = adminPermissions(pool.arn);
        if (domain !== undefined) {
            this.signInUrl = domain.url;
            if (domain.target !== undefined) {
                this.signInTarget = domain.target;
            }
        }
        if (identities !== undefined && users !== undefined) {
            this.identityPoolId = identities.id;
            this.userRoleName = users.name;
        }
        this.registerOutputs({
            userPoolId: this.userPoolId,
            userPoolArn: this.userPoolArn,
            issuer: this.issuer,
            jwksUri: this.jwksUri,
            providerName: this.providerName,
            clientIds: this.clientIds,
            clientSecrets: this.clientSecrets,
            groupRoleArns: this.groupRoleArns,
            adminPermissions: this.adminPermissions,
            ...(this.replicaArn === undefined ? {} : { replicaArn: this.replicaArn }),
            ...(this.signInUrl === undefined ? {} : { signInUrl: this.signInUrl }),
            ...(this.signInTarget === undefined ? {} : { signInTarget: this.signInTarget }),
            ...(this.identityPoolId === undefined ? {} : { identityPoolId: this.identityPoolId }),
            ...(this.userRoleName === undefined ? {} : { userRoleName: this.userRoleName }),
        });
    }
}

function validate(name: string, given: UserDirectoryArgs): UserDirectoryArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.check(
        /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(problems.name),
        "name",
        name,
        "letters, digits and hyphens, because the pools are called after it",
    );
    const roles = ["guests", ...Object.keys(args.groups ?? {}).map((group) => `${group}-group`)];
    const longest = roles.reduce((a, b) => (b.length > a.length ? b : a));
    checkNameLength(problems, "name", `${problems.name}-${longest}-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}

/** What makes resources of @pulumi/aws-native in the pool's own region. */
interface NativeHome {
    readonly of: NativeCognito;
    readonly provider: pulumi.ProviderResource;
}

function nativeHome(
    parent: UserDirectory,
    name: string,
    args: UserDirectoryArgs,
    of: NativeCognito,
): NativeHome {
    return {
        of,
        provider: nativeProvider(parent, name, args, "aws-native:cognito:UserPool", of.provider),
    };
}

function makePool(
    parent: UserDirectory,
    name: string,
    args: UserDirectoryArgs,
    tags: TagsInput,
    home: NativeHome | undefined,
): Pool {
    const inputs = poolInputs(args, tags);
    // A second lock beside Cognito's own: whatever replaced the pool would replace its users by none.
    const opts = { parent, protect: args.deletionProtection ?? true };
    const { replication } = args;
    if (home === undefined || replication === undefined) {
        const pool = new aws.cognito.UserPool(`${name}-pool`, { region: args.region, ...inputs }, opts);
        return { id: pool.id, arn: pool.arn };
    }
    const { kmsKeyArn, sharedIssuer } = replication;
    const pool = new home.of.cognito.UserPool(
        `${name}-pool`,
        nativePoolArgs(name, inputs, kmsKeyArn, sharedIssuer ?? true),
        { ...opts, provider: home.provider },
    );
    return { id: pool.userPoolId, arn: pool.arn };
}

/** Source: Amazon Cognito Developer Guide, "Identity provider and relying party endpoints". */
function issuerOf({ region, replication }: UserDirectoryArgs, pool: Pool): pulumi.Output<string> {
    const shared = replication !== undefined && (replication.sharedIssuer ?? true);
    return pulumi.interpolate`https://${shared ? "issuer-" : ""}cognito-idp.${region}.amazonaws.com/${pool.id}`;
}

/** What a pool and its replica each have in their own region. */
interface Furniture {
    readonly triggers?: UserDirectoryTriggers;
    readonly webAclArn?: pulumi.Input<string>;
    readonly logKmsKeyArn?: pulumi.Input<string>;
    readonly alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
}

function furnish(maker: Maker, place: PoolPlace, given: Furniture): void {
    const { parent } = maker;
    if (given.triggers !== undefined) {
        permitTriggers(maker, place, given.triggers);
    }
    if (given.webAclArn !== undefined) {
        new aws.wafv2.WebAclAssociation(
            `${place.prefix}-web-acl`,
            { region: place.region, resourceArn: place.arn, webAclArn: given.webAclArn },
            asSetting({ parent }),
        );
    }
    if (given.logKmsKeyArn !== undefined) {
        logActivity(maker, place, given.logKmsKeyArn);
    }
    if (given.alarmTopicArns !== undefined) {
        watchPool(maker, place, given.alarmTopicArns);
    }
}
