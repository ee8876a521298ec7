import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    allOf,
    flag,
    input,
    isCount,
    keyArn,
    list,
    numberIn,
    once,
    region,
    required,
    tags,
    text,
    textOf,
    textWhere,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { type Permission, permissionsOf } from "../security/permissions";
import { type PolicyStatement } from "../security/policyDocument";
import {
    KEEP_IMAGES,
    makeRepository,
    MAX_REPOSITORY_NAME,
    NAME_PART,
    ownAccountPulls,
    PULL_ACTIONS,
    PUSH_ACTIONS,
    SIGN_IN,
} from "./repository";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of ImageRepository. */
export interface ImageRepositoryArgs {
    /** The AWS region of the repository. */
    region: string;
    /** The AWS account of the repository: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the repository, such as `shop-prod/front`: parts of lower-case letters and digits, with single `.`, `_` or
     * `-` between them, joined by slashes. Changing it makes a new repository.
     */
    repositoryName: string;
    /** ARN of the key that encrypts images, in the same region. It can never be changed afterwards. */
    kmsKeyArn: pulumi.Input<string>;
    /**
     * Patterns of the tags that may move to another image, such as `latest` or `cache-*`, at most 5, with at most two
     * `*` each and none of `*` alone. All others stand for one image for ever. None when left out.
     */
    mutableTagPatterns?: string[];
    /**
     * ARNs of the roles, users or accounts (such as `arn:aws:iam::444455556666:root`) that the repository's policy lets pull, at
     * least one. They must exist. The own account when left out. Roles of the own account pull with an IAM policy of
     * theirs (`pullPermissions`), too, whether they are named here or not; those of others need both.
     */
    pullPrincipalArns?: pulumi.Input<string>[];
    /** Whether Lambda functions of the account may be made of the images. False when left out. */
    pulledByLambda?: boolean;
    /** Whether each image is scanned when it is pushed. True when left out; false where the registry's own scanning does. */
    scanOnPush?: boolean;
    /** How many images are kept. 50 when left out. */
    keepImages?: number;
    /** After how many days an image goes that no tag names any more. 7 when left out. */
    untaggedDays?: number;
    /** Whether Pulumi refuses to delete the repository, and ECR one with images. True when left out. */
    deletionProtection?: boolean;
    /** Tags of the repository, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * An ECR repository: tags that never move, save those that are named, a scan with every push, a key of the customer's,
 * images dropped when there are enough newer ones, and pulls by those who are named.
 *
 * What a registry has once per account and region (enhanced scanning, replication, its own policy) is not made here: two
 * stacks that made it would overwrite each other. AccountBaseline makes the scanning.
 *
 * Children: `<name>-repository`, `<name>-repository-policy`, `<name>-repository-lifecycle`.
 */
export class ImageRepository extends pulumi.ComponentResource {
    /** Where to push and pull, without a tag. */
    readonly repositoryUrl: pulumi.Output<string>;
    /** ARN of the repository. */
    readonly repositoryArn: pulumi.Output<string>;
    /** Name of the repository in its registry. */
    readonly repositoryName: pulumi.Output<string>;
    /** What it takes to sign in to the registry and to pull images. */
    readonly pullPermissions: pulumi.Output<Permission[]>;
    /** What it takes beside pulling to push images. */
    readonly pushPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ImageRepository", name, args, opts);

        const repository = makeRepository(
            `${name}-repository`,
            {
                region: args.region,
                name: args.repositoryName,
                kmsKeyArn: args.kmsKeyArn,
                mutableTagPatterns: args.mutableTagPatterns,
                scanOnPush: args.scanOnPush,
                keepImages: args.keepImages ?? KEEP_IMAGES,
                untaggedDays: args.untaggedDays,
                statements: pullStatements(args),
                deletionProtection: args.deletionProtection ?? true,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            this,
        );

        // Written from the name, which a preview knows, it lets policy packs judge what is permitted.
        const arn = pulumi.interpolate`arn:aws:ecr:${args.region}:${args.accountId}:repository/${repository.name}`;
        this.repositoryUrl = repository.repositoryUrl;
        this.repositoryArn = arn;
        this.repositoryName = repository.name;
        this.pullPermissions = permissionsOf([
            SIGN_IN,
            { sid: "PullImages", actions: PULL_ACTIONS, resources: [arn] },
        ]);
        this.pushPermissions = permissionsOf([
            { sid: "PushImages", actions: PUSH_ACTIONS, resources: [arn] },
        ]);
        this.registerOutputs({
            repositoryUrl: this.repositoryUrl,
            repositoryArn: this.repositoryArn,
            repositoryName: this.repositoryName,
            pullPermissions: this.pullPermissions,
            pushPermissions: this.pushPermissions,
        });
    }
}

function pullStatements(args: ImageRepositoryArgs): PolicyStatement[] {
    const pulls: PolicyStatement =
        args.pullPrincipalArns === undefined
            ? ownAccountPulls(args.accountId)
            : {
                  Sid: "NamedPrincipalsPull",
                  Effect: "Allow",
                  Principal: { AWS: args.pullPrincipalArns },
                  Action: PULL_ACTIONS,
              };
    if (args.pulledByLambda !== true) {
        return [pulls];
    }
    return [
        pulls,
        {
            // AWS Lambda Developer Guide, "Create a Lambda function using a container image", permissions.
            Sid: "LambdaPulls",
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Condition: {
                ArnLike: {
                    "aws:SourceArn": pulumi.interpolate`arn:aws:lambda:${args.region}:${args.accountId}:function:*`,
                },
            },
        },
    ];
}

// Amazon ECR API Reference, ImageTagMutabilityExclusionFilter, and User Guide, "Preventing image tags from being
// overwritten": 5 filters of at most 128 characters, two wildcards each.
const MAX_PATTERNS = 5;
const isTagPattern = allOf(
    unless(
        (pattern) => /^[0-9A-Za-z._*-]{1,128}$/.test(textOf(pattern)),
        "1 to 128 letters, digits and . _ - *",
    ),
    unless((pattern) => textOf(pattern).split("*").length <= 3, "a pattern with two * at most"),
    unless((pattern) => !/^\*+$/.test(textOf(pattern)), "a pattern that leaves some tags where they are", {
        remedy: "With * alone every tag may move, and none stands for what was scanned",
    }),
);

const REPOSITORY_NAME =
    "parts of lower-case letters and digits, with single . _ or - between them, joined by slashes";

const ARGUMENTS: ArgumentTable<ImageRepositoryArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    repositoryName: required(
        text(
            REPOSITORY_NAME,
            allOf(
                unless(
                    (name) =>
                        textOf(name)
                            .split("/")
                            .every((part) => NAME_PART.test(part)),
                    REPOSITORY_NAME,
                ),
                // Amazon ECR API Reference, CreateRepository.
                unless(
                    (name) => textOf(name).length >= 2 && textOf(name).length <= MAX_REPOSITORY_NAME,
                    `2 to ${MAX_REPOSITORY_NAME} characters`,
                ),
            ),
        ),
    ),
    kmsKeyArn: required(input(keyArn())),
    mutableTagPatterns: list(
        once(text("a pattern of tags", isTagPattern), "each pattern once"),
        "a list of patterns of tags",
        unless((patterns) => isCount(patterns, 1, MAX_PATTERNS), `1 to ${MAX_PATTERNS} patterns of tags`),
    ),
    pullPrincipalArns: list(
        input(
            textWhere(
                (arn) => /^arn:aws:iam::\d{12}:(root|(role|user)\/.+)$/.test(arn),
                "the ARN of a role, a user or an account (arn:aws:iam::<account>:root)",
            ),
        ),
        "ARNs of those who may pull",
        unless((principals) => isCount(principals, 1, 100), "1 to 100 ARNs", {
            remedy: "Leave it out to let the own account pull",
        }),
    ),
    pulledByLambda: flag(),
    scanOnPush: flag(),
    keepImages: numberIn({ min: 1, max: 10_000, step: 1 }),
    untaggedDays: numberIn({ min: 1, max: 365, step: 1 }),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: ImageRepositoryArgs): ImageRepositoryArgs {
    const problems = new Problems("meridian:index:ImageRepository", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}
