import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    arnOf,
    flag,
    input,
    isCount,
    isGiven,
    leftOutWhile,
    list,
    numberIn,
    once,
    region,
    required,
    requiredWhile,
    tags,
    textLike,
    textWhere,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { type Permission, permissions, type PermissionsInput } from "../security/permissions";
import { policyDocument } from "../security/policyDocument";
import { checkNameLength } from "../shared/names";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";
import { ecsDeployPermissions, ECS_TARGET, type EcsTarget, ecsTargets, taskRoleArns } from "./ecsTarget";
import { imagePushPermissions, repositoryUrl } from "./imagePush";
import { permit } from "./roles";
import { REPOSITORY_FORM, isSourceRepository } from "./sourceRepository";

/** Arguments of GitHubDeliveryRole. */
export interface GitHubDeliveryRoleArgs {
    /** The AWS region of the repositories and services. */
    region: string;
    /** The AWS account of the role, the repositories and the services: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The repository on GitHub whose workflows get the role, `owner/name`. */
    repository: string;
    /**
     * The branches whose workflows get it, written out; at most 10. At least one of this and `environments` must be
     * given: a job that names an environment has that in its token in the branch's place.
     */
    branches?: string[];
    /** The GitHub environments, such as `production`, whose jobs get it; their protection rules are the approval. At most 10. */
    environments?: string[];
    /**
     * ARN of the account's identity provider for `token.actions.githubusercontent.com`, which an account has once.
     * `arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com` when left out.
     */
    identityProviderArn?: pulumi.Input<string>;
    /** Whether the identity provider is made here. False when left out: an account has one, whoever made it. */
    createIdentityProvider?: boolean;
    /** Addresses of the ECR repositories to push to, without tags: each a `repositoryUrl`. None when left out. */
    repositoryUrls?: pulumi.Input<string>[];
    /** ECS services to deploy to. None when left out. */
    services?: EcsTarget[];
    /** ARNs of the tasks' roles and execution roles, which may be passed on to ECS, and no others. Required with `services`. */
    taskRoleArns?: pulumi.Input<string>[];
    /** What else workflows may do. Nothing when left out. */
    permissions?: pulumi.Input<Permission[]>[];
    /** ARN of the policy that bounds what the role may ever do. No boundary when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Seconds that a workflow may keep the role, 3600 to 43200. 3600 when left out. */
    maxSessionSeconds?: number;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

const ISSUER = "token.actions.githubusercontent.com";

/**
 * The role that workflows of one GitHub repository get, from named branches or environments, in exchange for the token
 * that GitHub signs for each job: no key is stored anywhere. It may push to the repositories and deploy to the services
 * that were given, and nothing else.
 *
 * Children: `<name>-identity-provider`, `<name>-role`, `<name>-policy`.
 */
export class GitHubDeliveryRole extends pulumi.ComponentResource {
    /** ARN of the role: `role-to-assume` of `aws-actions/configure-aws-credentials`. */
    readonly roleArn: pulumi.Output<string>;
    /** Name of the role. */
    readonly roleName: pulumi.Output<string>;
    /** ARN of the identity provider that the role trusts. */
    readonly identityProviderArn: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: GitHubDeliveryRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:GitHubDeliveryRole", name, args, opts);
        const tagged = args.tags === undefined ? {} : { tags: args.tags };

        const identityProviderArn = identityProvider(name, args, this);
        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `Workflows of ${args.repository} on GitHub`,
                assumeRolePolicy: policyDocument([
                    {
                        Sid: "WorkflowsAssumeRole",
                        Effect: "Allow",
                        Principal: { Federated: identityProviderArn },
                        Action: "sts:AssumeRoleWithWebIdentity",
                        Condition: {
                            StringEquals: {
                                [`${ISSUER}:aud`]: "sts.amazonaws.com",
                                // Written out, without wildcards: a pull request from a fork has another subject.
                                [`${ISSUER}:sub`]: subjects(args),
                            },
                        },
                    },
                ]),
                maxSessionDuration: args.maxSessionSeconds ?? 3600,
                ...(args.permissionsBoundaryArn === undefined
                    ? {}
                    : { permissionsBoundary: args.permissionsBoundaryArn }),
                ...tagged,
            },
            { parent: this },
        );

        this.roleArn = permit(name, role, granted(args), this);
        this.roleName = role.name;
        this.identityProviderArn = identityProviderArn;
        this.registerOutputs({
            roleArn: this.roleArn,
            roleName: this.roleName,
            identityProviderArn: this.identityProviderArn,
        });
    }
}

function identityProvider(
    name: string,
    args: GitHubDeliveryRoleArgs,
    parent: GitHubDeliveryRole,
): pulumi.Output<string> {
    if (args.createIdentityProvider === true) {
        return new aws.iam.OpenIdConnectProvider(
            `${name}-identity-provider`,
            {
                url: `https://${ISSUER}`,
                clientIdLists: ["sts.amazonaws.com"],
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            { parent },
        ).arn;
    }
    return pulumi.output(
        args.identityProviderArn ??
            pulumi.interpolate`arn:aws:iam::${args.accountId}:oidc-provider/${ISSUER}`,
    );
}

/** The subjects of the tokens that are taken. Source: GitHub Docs, "OpenID Connect reference", example subject claims. */
function subjects({ repository, branches = [], environments = [] }: GitHubDeliveryRoleArgs): string[] {
    return [
        ...branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`),
        ...environments.map((environment) => `repo:${repository}:environment:${environment}`),
    ];
}

function granted(args: GitHubDeliveryRoleArgs): PermissionsInput {
    const { services = [], taskRoleArns = [], repositoryUrls = [] } = args;
    return [
        ...(repositoryUrls.length === 0 ? [] : [imagePushPermissions(repositoryUrls)]),
        ...(services.length === 0 ? [] : [ecsDeployPermissions({ ...args, taskRoleArns }, services)]),
        ...(args.permissions ?? []),
    ];
}

const MANY = 10;

const names = (what: string, several: string, form: RegExp) =>
    list(
        once(textLike(form, `${what}, written out: no wildcards`), `each ${what} once`),
        `a list of ${several}`,
        unless((given) => isCount(given, 1, MANY), `1 to ${MANY} ${several}`),
    );

const ARGUMENTS: ArgumentTable<GitHubDeliveryRoleArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    repository: required(textWhere(isSourceRepository, REPOSITORY_FORM)),
    branches: requiredWhile(
        (args) => !isGiven(args.environments),
        {
            allowed: "branches where environments are left out",
            remedy: "Say which branches' workflows get the role",
        },
        names("branch", "branches", /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/),
    ),
    environments: names("environment", "environments", /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
    identityProviderArn: leftOutWhile(
        (args) => args.createIdentityProvider === true,
        () => ({ allowed: "nothing while createIdentityProvider is true" }),
        input(arnOf("iam", "an identity provider")),
    ),
    createIdentityProvider: flag(),
    repositoryUrls: list(repositoryUrl(), "a list of addresses of repositories"),
    services: ecsTargets<EcsTarget>(ECS_TARGET),
    taskRoleArns: requiredWhile(
        (args) => isGiven(args.services),
        { allowed: "the ARNs of the services' task and execution roles" },
        taskRoleArns(),
    ),
    permissions: permissions(),
    permissionsBoundaryArn: input(arnOf("iam", "an IAM policy")),
    maxSessionSeconds: numberIn({ min: 3600, max: 43_200, step: 1 }),
    tags: tags(),
};

function validate(name: string, given: GitHubDeliveryRoleArgs): GitHubDeliveryRoleArgs {
    const problems = new Problems("meridian:index:GitHubDeliveryRole", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${problems.name}-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
