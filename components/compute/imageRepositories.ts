import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    allOf,
    flag,
    input,
    keyArn,
    listOfAtLeast,
    numberIn,
    region,
    required,
    tags,
    text,
    textLike,
    textOf,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given, type Refusal } from "../shared/argumentTable";
import { policyDocument } from "../security/policyDocument";
import { asSetting } from "../shared/replacement";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of ImageRepositories. */
export interface ImageRepositoriesArgs {
    /** The AWS region of the repositories. */
    region: string;
    /** The AWS account that may pull: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * What the repositories' names begin with, such as `meridian-prod`. It is the same in every region, so that a
     * pipeline pushes to every region under one name.
     */
    namespace: string;
    /** The images, such as `web` and `api`: one repository each, called `<namespace>/<image>`. */
    images: string[];
    /** ARN of the key that encrypts images, in the same region. It can never be changed afterwards. */
    kmsKeyArn: pulumi.Input<string>;
    /** How many tagged images of each kind are kept. 50 when left out. */
    keepImages?: number;
    /** Whether Pulumi refuses to delete repositories, and ECR those with images. True when left out. */
    deletionProtection?: boolean;
    /** Tags of the repositories, beside the provider's default tags. */
    tags?: TagsInput;
}

// Untagged images are what a failed push leaves behind, since tags never move.
const UNTAGGED_DAYS = 7;

/**
 * The ECR repositories of one region, one per image: tags that never move, a scan with every push, a key of our own,
 * no access from other accounts.
 *
 * Nothing is replicated between regions. The rule that does it exists once per registry and region and would belong to
 * the region that may be lost; a pipeline that pushes to every region keeps them apart.
 *
 * Children: `<name>-<image>`, `<name>-<image>-policy`, `<name>-<image>-lifecycle`.
 */
export class ImageRepositories extends pulumi.ComponentResource {
    /** Where to push and pull each image, without a tag. */
    readonly repositoryUrls: pulumi.Output<Record<string, string>>;
    /** ARN of each image's repository. */
    readonly repositoryArns: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: ImageRepositoriesArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ImageRepositories", name, args, opts);

        const repositories = args.images.map((image) => ({
            image,
            repository: makeRepository(this, name, args, image),
        }));

        this.repositoryUrls = byImage(repositories, (repository) => repository.repositoryUrl);
        this.repositoryArns = byImage(repositories, (repository) => repository.arn);
        this.registerOutputs({ repositoryUrls: this.repositoryUrls, repositoryArns: this.repositoryArns });
    }
}

// Amazon ECR API Reference, CreateRepository.
const NAME_PART = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const NAME_PART_FORM = "lower-case letters and digits, with single . _ or - between them";
const MAX_NAME = 256;

function fitsNamespace(image: unknown, args: Given): Refusal | undefined {
    const full = `${textOf(args.namespace)}/${String(image)}`;
    return full.length <= MAX_NAME
        ? undefined
        : { shown: full, allowed: `${MAX_NAME} characters with the namespace` };
}

const ARGUMENTS: ArgumentTable<ImageRepositoriesArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    namespace: required(textLike(NAME_PART, NAME_PART_FORM)),
    images: required(
        listOfAtLeast(
            1,
            text(
                "an image's name",
                allOf(
                    unless((image) => NAME_PART.test(String(image)), NAME_PART_FORM),
                    unless((image, _, { before }) => !before.includes(image), "each image once", {
                        remedy: "Remove the second one",
                    }),
                    fitsNamespace,
                ),
            ),
            "one image at least",
        ),
    ),
    kmsKeyArn: required(input(keyArn())),
    keepImages: numberIn({ min: 1, max: 10_000, step: 1 }),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: ImageRepositoriesArgs): ImageRepositoriesArgs {
    const problems = new Problems("meridian:index:ImageRepositories", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function makeRepository(
    parent: ImageRepositories,
    name: string,
    args: ImageRepositoriesArgs,
    image: string,
): aws.ecr.Repository {
    const deletionProtection = args.deletionProtection ?? true;
    const repository = new aws.ecr.Repository(
        `${name}-${image}`,
        {
            region: args.region,
            name: `${args.namespace}/${image}`,
            // What was reviewed and scanned under a tag is what runs under it.
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.kmsKeyArn }],
            forceDelete: !deletionProtection,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        // Running fleets pull from here whenever they grow.
        { parent, protect: deletionProtection },
    );
    new aws.ecr.RepositoryPolicy(
        `${name}-${image}-policy`,
        {
            region: args.region,
            repository: repository.name,
            policy: policyDocument([
                {
                    // ECR's policies name no resource: they are about the repository that carries them. Pushing is
                    // left to the IAM policies of this account alone.
                    Sid: "OwnAccountPulls",
                    Effect: "Allow",
                    Principal: { AWS: pulumi.interpolate`arn:aws:iam::${args.accountId}:root` },
                    Action: [
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:BatchGetImage",
                        "ecr:GetDownloadUrlForLayer",
                    ],
                },
            ]),
        },
        asSetting({ parent }),
    );
    new aws.ecr.LifecyclePolicy(
        `${name}-${image}-lifecycle`,
        {
            region: args.region,
            repository: repository.name,
            policy: JSON.stringify(lifecycle(args.keepImages ?? 50)),
        },
        { parent },
    );
    return repository;
}

function lifecycle(keepImages: number) {
    return {
        rules: [
            {
                rulePriority: 1,
                description: "Drop what failed pushes left behind",
                selection: {
                    tagStatus: "untagged",
                    countType: "sinceImagePushed",
                    countUnit: "days",
                    countNumber: UNTAGGED_DAYS,
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

function byImage(
    repositories: { image: string; repository: aws.ecr.Repository }[],
    value: (repository: aws.ecr.Repository) => pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
    return pulumi.output(
        Object.fromEntries(repositories.map(({ image, repository }) => [image, value(repository)])),
    );
}
