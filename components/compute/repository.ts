import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { textLike, unless } from "../shared/argumentRules";
import { type Permission } from "../security/permissions";
import { policyDocument, type PolicyStatement } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";
import { type TagsInput } from "../shared/tags";

/** What stands between the slashes of a repository's name. Source: Amazon ECR API Reference, CreateRepository. */
export const NAME_PART = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const NAME_PART_FORM = "lower-case letters and digits, with single . _ or - between them";

/** The longest name of a repository. */
export const MAX_REPOSITORY_NAME = 256;

/** Judges a part of a repository's name: what stands between its slashes. */
export const isNamePart = unless((part) => NAME_PART.test(String(part)), NAME_PART_FORM);

/** A part of a repository's name. */
export const namePart = textLike(NAME_PART, NAME_PART_FORM);

/** Signing in, which is to the registry as a whole: the action knows no resources. */
export const SIGN_IN: Permission = {
    sid: "SignInToRegistry",
    actions: ["ecr:GetAuthorizationToken"],
    resources: ["*"],
};

/** What pulling an image takes, beside signing in to the registry. */
export const PULL_ACTIONS = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
];

/** What pushing an image takes beside that. Source: Amazon ECR User Guide, "IAM permissions for pushing an image". */
export const PUSH_ACTIONS = [
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

// Untagged images are what a failed push leaves behind, or what a tag that may move has left.
const UNTAGGED_DAYS = 7;

/** How many images a repository keeps where nothing is said. */
export const KEEP_IMAGES = 50;

/**
 * Lets the account's roles pull, as far as nothing denies it. ECR's policies name no resource: they are about the
 * repository that carries them.
 */
export function ownAccountPulls(accountId: pulumi.Input<string>): PolicyStatement {
    return {
        Sid: "OwnAccountPulls",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: PULL_ACTIONS,
    };
}

/** How a repository is made. */
export interface RepositoryArgs {
    region: string;
    /** The name in the registry. */
    name: string;
    kmsKeyArn: pulumi.Input<string>;
    /** Patterns of tags that may move. None when left out or empty. */
    mutableTagPatterns?: readonly string[];
    /** Whether each image is scanned when it is pushed. True when left out. */
    scanOnPush?: boolean;
    keepImages: number;
    untaggedDays?: number;
    /** Who may do what by the repository's own policy. */
    statements: PolicyStatement[];
    deletionProtection: boolean;
    tags?: TagsInput;
}

/** Makes a repository `<name>` of images with its `<name>-policy` and `<name>-lifecycle`. */
export function makeRepository(
    logicalName: string,
    args: RepositoryArgs,
    parent: pulumi.Resource,
): aws.ecr.Repository {
    const { region, deletionProtection, mutableTagPatterns = [] } = args;
    const repository = new aws.ecr.Repository(
        logicalName,
        {
            region,
            name: args.name,
            // What was reviewed and scanned under a tag is what runs under it.
            ...(mutableTagPatterns.length === 0
                ? { imageTagMutability: "IMMUTABLE" }
                : {
                      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
                      imageTagMutabilityExclusionFilters: mutableTagPatterns.map((filter) => ({
                          filter,
                          filterType: "WILDCARD",
                      })),
                  }),
            imageScanningConfiguration: { scanOnPush: args.scanOnPush ?? true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.kmsKeyArn }],
            forceDelete: !deletionProtection,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // What runs pulls from here whenever it grows.
        { parent, protect: deletionProtection },
    );
    new aws.ecr.RepositoryPolicy(
        `${logicalName}-policy`,
        { region, repository: repository.name, policy: policyDocument(args.statements) },
        asSetting({ parent }),
    );
    new aws.ecr.LifecyclePolicy(
        `${logicalName}-lifecycle`,
        {
            region,
            repository: repository.name,
            policy: JSON.stringify(lifecycle(args.keepImages, args.untaggedDays ?? UNTAGGED_DAYS)),
        },
        { parent },
    );
    return repository;
}

function lifecycle(keepImages: number, untaggedDays: number) {
    return {
        rules: [
            {
                rulePriority: 1,
                description: "Drop what failed pushes left behind",
                selection: {
                    tagStatus: "untagged",
                    countType: "sinceImagePushed",
                    countUnit: "days",
                    countNumber: untaggedDays,
                },
                action: { type: "expire" },
            },
            {
                // A rule about any image must come last.
                rulePriority: 2,
                description: "Keep the newest images",
                selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepImages },
                action: { type: "expire" },
            },
        ],
    };
}
